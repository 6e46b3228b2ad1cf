import { z } from 'zod';
import { auditPageSchema } from '@/lib/audit/schema';
import { endpoint } from './endpoint';

const DEFAULT_PAGE = 50;
const MAX_PAGE = 200;
const LIMIT_WORDS = `Must be a whole number from 1 to ${MAX_PAGE}.`;

export const listAuditEventsEndpoint = endpoint({
  method: 'GET',
  path: '/api/audit-events',
  tag: 'Settings',
  summary: 'Who changed what, newest first',
  description: 'Senders, keys, passwords, the do-not-contact list. Never deleted.',
  auth: 'user',
  query: z.strictObject({
    limit: z.coerce
      .number(LIMIT_WORDS)
      .int(LIMIT_WORDS)
      .min(1, LIMIT_WORDS)
      .max(MAX_PAGE, LIMIT_WORDS)
      .default(DEFAULT_PAGE),
    cursor: z.string().max(200).optional().describe('`next_cursor` of the page before.'),
  }),
  responses: { 200: auditPageSchema, 400: z.unknown() },
});
