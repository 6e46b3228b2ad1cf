import { receiveWhatsappWebhook, verifyWhatsappWebhook } from '@/lib/api/webhook';
import { handle, json } from '@/lib/http/route';
import { answerBody } from '@/lib/webhooks/answer';
import { readRequestBody } from '@/lib/webhooks/body';
import { answerHandshake } from '@/lib/webhooks/handshake';
import { receiveWebhook } from '@/lib/webhooks/receive';

// The web process answers this path before Next (lib/webhooks/http.ts); this serves it where Next runs alone.

export const GET = handle(verifyWhatsappWebhook, async ({ request }) => {
  const answer = await answerHandshake(new URL(request.url).searchParams);
  if (answer.status !== 200) return json(answer.status, answerBody(answer.status));
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };
  return new Response(answer.challenge, { headers });
});

export const POST = handle(receiveWhatsappWebhook, async ({ request }) => {
  const body = await readRequestBody(request);
  if ('status' in body) return json(body.status, answerBody(body.status));
  const signature = request.headers.get('x-hub-signature-256');
  const { status } = await receiveWebhook({ rawBody: body.rawBody, signature });
  return json(status, answerBody(status), status === 503 ? { 'Retry-After': '5' } : {});
});
