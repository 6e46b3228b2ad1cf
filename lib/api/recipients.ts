import { z } from 'zod';
import { createCampaignBodySchema, createdCampaignSchema, uploadFormSchema } from '@/lib/intake/schema';
import {
  failureGroupSchema,
  recipientDetailSchema,
  recipientPageSchema,
  recipientResponseSchema,
  recipientStatusSchema,
} from '@/lib/recipients/schema';
import { VARIANT_KEYS } from '@/lib/variants/keys';
import { endpoint } from './endpoint';

const campaignId = z.strictObject({ id: z.uuid() });

const DEFAULT_PAGE = 100;
const MAX_PAGE = 500;

const CODE_WORDS = 'Must be a code of WhatsApp, such as 131026, or `none`.';

const filter = {
  status: recipientStatusSchema.optional(),
  error_code: z
    .union(
      [z.literal('none').transform(() => null), z.coerce.number(CODE_WORDS).pipe(z.int32(CODE_WORDS))],
      CODE_WORDS,
    )
    .optional()
    .describe('Only the failed ones with this code of WhatsApp; `none`: those without a code.'),
  response: recipientResponseSchema.optional().describe('Only those who did this after the message.'),
  variant: z.enum(VARIANT_KEYS).optional().describe('Only those who get this message of a test.'),
  search: z
    .string()
    .max(200)
    .optional()
    .describe('A phone number in any form, a part of one, or text of the row.'),
};

export const createCampaignEndpoint = endpoint({
  method: 'POST',
  path: '/api/campaigns/create',
  tag: 'Campaigns',
  summary: 'Make a campaign with its recipients',
  description: [
    'As JSON it is all or nothing: a wrong recipient fails the call, and the answer names every wrong one (the first 100).',
    'As multipart/form-data with a CSV, the valid rows are imported; the others are in `rejected.csv` with their reason.',
    'Either way a number that comes twice is stored once, and the campaign is a draft until it is sent.',
  ].join('\n\n'),
  auth: 'user',
  body: createCampaignBodySchema,
  maxBodyBytes: 64 * 1024 * 1024,
  multipart: uploadFormSchema,
  idempotent: true,
  responses: { 201: createdCampaignSchema },
});

export const listRecipientsEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}/recipients',
  tag: 'Recipients',
  summary: 'A campaign’s recipients, in upload order',
  auth: 'user',
  params: campaignId,
  query: z.strictObject({
    ...filter,
    limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
    cursor: z.string().max(200).optional().describe('`next_cursor` of the page before.'),
  }),
  responses: { 200: recipientPageSchema },
});

export const getRecipientEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}/recipients/{recipientId}',
  tag: 'Recipients',
  summary: 'One recipient with everything that happened to it',
  auth: 'user',
  params: campaignId.extend({ recipientId: z.uuid() }),
  responses: { 200: recipientDetailSchema },
});

export const listFailuresEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}/failures',
  tag: 'Recipients',
  summary: 'The failed recipients by cause, with what to do about each',
  auth: 'user',
  params: campaignId,
  responses: { 200: z.array(failureGroupSchema) },
});

export const exportRecipientsEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}/recipients.csv',
  tag: 'Recipients',
  summary: 'Recipients as CSV',
  description:
    'The original columns, then `status`, `error_code`, `error_message`, `replied_at`, `opted_out_at`, `reply` (what they wrote back, a line a message) and, of a campaign with tracked links, `clicks` and `first_clicked_at`, of a test `variant`. Cells a spreadsheet would run as a formula have an apostrophe in front; uploading the file takes it off again.',
  auth: 'user',
  params: campaignId,
  query: z.strictObject(filter),
  responses: { 200: 'text/csv' },
});

export const exportRejectedRowsEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}/rejected.csv',
  tag: 'Recipients',
  summary: 'The rows left out of the import, with the reason',
  auth: 'user',
  params: campaignId,
  responses: { 200: 'text/csv' },
});
