import { listWebhookDeliveriesEndpoint } from '@/lib/api/webhook-endpoints';
import { handle, json } from '@/lib/http/route';
import { listDeliveries } from '@/lib/webhook-endpoints/deliveries';

export const GET = handle(listWebhookDeliveriesEndpoint, async ({ user, params, query, db }) =>
  json(200, await listDeliveries({ workspaceId: user.workspaceId, endpointId: params.id, ...query }, db)),
);
