import { createApiKeyEndpoint, listApiKeysEndpoint } from '@/lib/api/api-keys';
import { createApiKey } from '@/lib/api-keys/mutations';
import { listApiKeys } from '@/lib/api-keys/queries';
import { handle, json } from '@/lib/http/route';

export const GET = handle(listApiKeysEndpoint, async ({ user, db }) =>
  json(200, await listApiKeys(user.workspaceId, db)),
);

export const POST = handle(createApiKeyEndpoint, async ({ user, body, db }) =>
  json(201, { success: true, ...(await createApiKey(user, body, db)) }),
);
