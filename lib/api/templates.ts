import { z } from 'zod';
import { templateSchema } from '@/lib/templates/schema';
import { endpoint } from './endpoint';

export const listTemplatesEndpoint = endpoint({
  method: 'GET',
  path: '/api/templates',
  tag: 'Templates',
  summary: 'List templates with the parameters a recipient fills',
  description:
    'As of the last sync of their sender. Those deleted at WhatsApp are listed with `status=DELETED` only.',
  auth: 'user',
  query: z.strictObject({
    sender_id: z.uuid().optional(),
    status: z.string().trim().min(1).max(64).optional().describe('`APPROVED`, `PAUSED`, …'),
  }),
  responses: { 200: z.array(templateSchema) },
});
