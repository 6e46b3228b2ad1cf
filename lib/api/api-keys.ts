import { z } from 'zod';
import { apiKeySchema, createApiKeySchema, ROTATION_OVERLAP_HOURS } from '@/lib/api-keys/schema';
import { endpoint } from './endpoint';

const keyId = z.strictObject({ id: z.uuid() });
const success = z.literal(true);
const personOnly = 'For a signed-in person only: with an API key it is a 403 `api_key_not_allowed`.';

const made = z.object({
  success,
  key: z.string().meta({ description: 'Shown this once; keep it like a password.', example: 'hrld_…' }),
  api_key: apiKeySchema,
});

export const listApiKeysEndpoint = endpoint({
  method: 'GET',
  path: '/api/api-keys',
  tag: 'Settings',
  summary: 'List API keys, newest first',
  description: `Also those that ended within the last 90 days. ${personOnly}`,
  auth: 'user',
  personOnly: true,
  responses: { 200: z.array(apiKeySchema), 403: z.unknown() },
});

export const createApiKeyEndpoint = endpoint({
  method: 'POST',
  path: '/api/api-keys',
  tag: 'Settings',
  summary: 'Make an API key',
  description: `It acts for you, in your workspace. ${personOnly}`,
  auth: 'user',
  personOnly: true,
  body: createApiKeySchema,
  responses: { 201: made },
});

export const rotateApiKeyEndpoint = endpoint({
  method: 'POST',
  path: '/api/api-keys/{id}/rotate',
  tag: 'Settings',
  summary: 'Replace an API key',
  description: `A new key with the same name, access and length of life. The old one stays good for ${ROTATION_OVERLAP_HOURS} hours, so that nothing stops while the new one is put in its place. 409 for a key that ends within that time anyway. ${personOnly}`,
  auth: 'user',
  personOnly: true,
  params: keyId,
  responses: { 201: made },
});

export const revokeApiKeyEndpoint = endpoint({
  method: 'DELETE',
  path: '/api/api-keys/{id}',
  tag: 'Settings',
  summary: 'Revoke an API key',
  description: `The next request with it is refused. Revoking twice is no error. ${personOnly}`,
  auth: 'user',
  personOnly: true,
  params: keyId,
  responses: { 200: z.object({ success }) },
});
