import { revokeApiKeyEndpoint } from '@/lib/api/api-keys';
import { revokeApiKey } from '@/lib/api-keys/mutations';
import { handle, json } from '@/lib/http/route';

export const DELETE = handle(revokeApiKeyEndpoint, async ({ user, params, db }) => {
  await revokeApiKey({ actor: user, keyId: params.id }, db);
  return json(200, { success: true });
});
