import { z } from 'zod';
import { templateSchema } from '@/lib/templates/schema';
import { endpoint } from './endpoint';

// An id of another form is a template that does not exist: PostgreSQL's integer ends there.
const templateId = z.strictObject({ id: z.coerce.number().int().min(1).max(2_147_483_647) });

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

export const getTemplateEndpoint = endpoint({
  method: 'GET',
  path: '/api/templates/{id}',
  tag: 'Templates',
  summary: 'One template, also one that was deleted at WhatsApp',
  auth: 'user',
  params: templateId,
  responses: { 200: templateSchema },
});

export const sampleCsvEndpoint = endpoint({
  method: 'GET',
  path: '/api/templates/{id}/sample.csv',
  tag: 'Templates',
  summary: 'A CSV with the columns a campaign with this template needs',
  description:
    'A header row and three rows with the template’s examples and fictional phone numbers. It can be uploaded as it is, without a mapping.',
  auth: 'user',
  params: templateId,
  responses: { 200: 'text/csv' },
});
