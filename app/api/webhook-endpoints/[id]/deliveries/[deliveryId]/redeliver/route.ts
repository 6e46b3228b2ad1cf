import { redeliverEndpoint } from '@/lib/api/webhook-endpoints';
import { handle, json } from '@/lib/http/route';
import { redeliver } from '@/lib/webhook-endpoints/deliveries';

export const POST = handle(redeliverEndpoint, async ({ user, params, db }) => {
  const { id: endpointId, deliveryId } = params;
  const delivery = await redeliver({ workspaceId: user.workspaceId, endpointId, deliveryId }, db);
  return json(202, { success: true, delivery });
});
