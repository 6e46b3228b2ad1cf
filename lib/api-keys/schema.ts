import { z } from 'zod';

/** read: no request that changes anything. */
export const keyAccessSchema = z.enum(['full', 'read']);

export type KeyAccess = z.infer<typeof keyAccessSchema>;

/** How long a key that was replaced stays good, so that its programs can be given the new one. */
export const ROTATION_OVERLAP_HOURS = 24;

const MAX_DAYS = 3_650;
const DAYS_WORDS = `Must be a whole number of days from 1 to ${MAX_DAYS}.`;

const time = z.iso.datetime();

/** A key as the API and the pages show it (browser-safe): never the key itself. */
export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string().describe('The beginning of the key, to tell it by.'),
  access: keyAccessSchema,
  created_at: time,
  expires_at: time.nullable().describe('null: never.'),
  last_used_at: time.nullable().describe('To the minute.'),
  last_used_ip: z.string().nullable(),
  revoked_at: time.nullable(),
  made_by: z.object({ id: z.uuid(), name: z.string().nullable(), email: z.string() }),
});

export type ApiKey = z.infer<typeof apiKeySchema>;

export const createApiKeySchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, 'Name the program that will use it.')
    .max(100, 'Must have at most 100 characters.')
    .meta({ example: 'Shop backend' }),
  access: keyAccessSchema
    .default('full')
    .describe('`read`: GET requests only; everything else is a 403 `read_only_key`.'),
  expires_in_days: z
    .number(DAYS_WORDS)
    .int(DAYS_WORDS)
    .min(1, DAYS_WORDS)
    .max(MAX_DAYS, DAYS_WORDS)
    .nullish()
    .describe('Left out: it never expires.'),
});

export type CreateApiKey = z.infer<typeof createApiKeySchema>;

/** A key that was just made, with the one sight of it. */
export interface MadeApiKey {
  key: string;
  api_key: ApiKey;
}
