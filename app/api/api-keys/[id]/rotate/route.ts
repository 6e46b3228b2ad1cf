import { rotateApiKeyEndpoint } from '@/lib/api/api-keys';
import { rotateApiKey } from '@/lib/api-keys/mutations';
import { handle, json } from '@/lib/http/route';

export const POST = handle(rotateApiKeyEndpoint, async ({ user, params, db }) =>
  json(201, { success: true, ...(await rotateApiKey({ actor: user, keyId: params.id }, db)) }),
);
