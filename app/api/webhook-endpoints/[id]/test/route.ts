import { testWebhookEndpointEndpoint } from '@/lib/api/webhook-endpoints';
import { handle, json } from '@/lib/http/route';
import { countWebhookTest } from '@/lib/http/webhook-test-limit';
import { sendTestDelivery } from '@/lib/webhook-endpoints/deliveries';

export const POST = handle(testWebhookEndpointEndpoint, async ({ user, params, db }) => {
  await countWebhookTest(user.workspaceId);
  const key = { workspaceId: user.workspaceId, endpointId: params.id };
  return json(202, { success: true, delivery: await sendTestDelivery(key, db) });
});
