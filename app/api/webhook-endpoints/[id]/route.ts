import {
  deleteWebhookEndpointEndpoint,
  getWebhookEndpointEndpoint,
  updateWebhookEndpointEndpoint,
} from '@/lib/api/webhook-endpoints';
import { handle, json } from '@/lib/http/route';
import { deleteWebhookEndpoint, updateWebhookEndpoint } from '@/lib/webhook-endpoints/mutations';
import { getWebhookEndpoint } from '@/lib/webhook-endpoints/queries';

export const GET = handle(getWebhookEndpointEndpoint, async ({ user, params, db }) =>
  json(200, await getWebhookEndpoint({ workspaceId: user.workspaceId, endpointId: params.id }, db)),
);

export const PATCH = handle(updateWebhookEndpointEndpoint, async ({ user, params, body, db }) => {
  const command = { actor: user, endpointId: params.id, changes: body };
  return json(200, { success: true, webhook_endpoint: await updateWebhookEndpoint(command, db) });
});

export const DELETE = handle(deleteWebhookEndpointEndpoint, async ({ user, params, db }) => {
  await deleteWebhookEndpoint({ actor: user, endpointId: params.id }, db);
  return json(200, { success: true });
});
