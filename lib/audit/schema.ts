import { z } from 'zod';

/** One thing somebody did, as the API and the pages show it (browser-safe). */
export const auditEventSchema = z.object({
  id: z.int(),
  kind: z.string().meta({ description: 'What was done.', example: 'api_key_made' }),
  subject: z.string().describe('What it was done to: a name, an email, a phone number.'),
  detail: z.record(z.string(), z.unknown()).describe('What else is known of it, by kind.'),
  user: z
    .object({ id: z.uuid(), name: z.string().nullable(), email: z.string() })
    .nullable()
    .describe('null: Herald did it by itself.'),
  created_at: z.iso.datetime(),
});

export type AuditEvent = z.infer<typeof auditEventSchema>;

export const auditPageSchema = z.object({
  events: z.array(auditEventSchema),
  next_cursor: z.string().nullable(),
});

export type AuditPage = z.infer<typeof auditPageSchema>;
