import { createWebhookEndpointEndpoint, listWebhookEndpointsEndpoint } from '@/lib/api/webhook-endpoints';
import { handle, json } from '@/lib/http/route';
import { createWebhookEndpoint } from '@/lib/webhook-endpoints/mutations';
import { listWebhookEndpoints } from '@/lib/webhook-endpoints/queries';

export const GET = handle(listWebhookEndpointsEndpoint, async ({ user, db }) =>
  json(200, await listWebhookEndpoints(user.workspaceId, db)),
);

export const POST = handle(createWebhookEndpointEndpoint, async ({ user, body, db }) =>
  json(201, { success: true, ...(await createWebhookEndpoint(user, body, db)) }),
);
