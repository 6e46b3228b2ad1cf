import { z } from 'zod';
import { endpoint } from './endpoint';

const refusal = z.object({
  success: z.literal(false),
  error: z.object({ code: z.string(), message: z.string(), issues: z.array(z.never()) }),
});

export const verifyWhatsappWebhook = endpoint({
  method: 'GET',
  path: '/api/webhooks/whatsapp',
  tag: 'Webhook',
  summary: "Meta's question when the webhook is set up",
  description:
    'Query: `hub.mode=subscribe`, `hub.verify_token` (of any sender) and `hub.challenge`. Answers the bare challenge.',
  auth: 'none',
  query: z.looseObject({
    'hub.mode': z.string().optional(),
    'hub.verify_token': z.string().optional(),
    'hub.challenge': z.string().optional(),
  }),
  responses: { 200: 'text/plain', 403: refusal },
});

export const receiveWhatsappWebhook = endpoint({
  method: 'POST',
  path: '/api/webhooks/whatsapp',
  tag: 'Webhook',
  summary: "Statuses, messages and notices from Meta's servers",
  description:
    'Signed: `X-Hub-Signature-256: sha256=<HMAC-SHA256 of the raw bytes under the app secret of the sender>`. 200 only after everything in it is committed; 503 when it could not be: come again. At most 4 MiB.',
  auth: 'none',
  responses: {
    200: z.object({ success: z.literal(true) }),
    401: refusal,
    408: refusal,
    413: refusal,
    503: refusal,
  },
});
