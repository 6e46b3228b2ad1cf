import { rotateWebhookSecretEndpoint } from '@/lib/api/webhook-endpoints';
import { handle, json } from '@/lib/http/route';
import { rotateWebhookSecret } from '@/lib/webhook-endpoints/mutations';

export const POST = handle(rotateWebhookSecretEndpoint, async ({ user, params, db }) =>
  json(200, { success: true, ...(await rotateWebhookSecret({ actor: user, endpointId: params.id }, db)) }),
);
