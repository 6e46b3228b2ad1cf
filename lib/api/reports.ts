import { z } from 'zod';
import { campaignHoursSchema } from '@/lib/reports/schema';
import { endpoint } from './endpoint';

const params = z.strictObject({ id: z.uuid() });

export const campaignHoursEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}/hours',
  tag: 'Campaigns',
  summary: 'How the messages of each hour fared',
  description:
    'Everybody is counted by the hour in which the message went. Counted when asked for, and kept for at least a minute, longer the larger the campaign: `as_of` says when.',
  auth: 'user',
  params,
  responses: { 200: campaignHoursSchema },
});

export const exportResultsEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}/results.csv',
  tag: 'Recipients',
  summary: 'Everything about every recipient, as CSV',
  description:
    'The original columns, then `to`, `country`, `status`, `message_id`, `attempts`, `error_code`, `error_message`, `accepted_at`, `sent_at`, `delivered_at`, `read_at`, `failed_at` (UTC), `cost_category`, `cost_type`, `billed_messages` and `free_messages`, in upload order. Streamed as fast as it is taken. Who was left out of the import is in `rejected.csv`. Cells a spreadsheet would run as a formula have an apostrophe in front.',
  auth: 'user',
  params,
  responses: { 200: 'text/csv' },
});
