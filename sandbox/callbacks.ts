import { request, type Dispatcher } from 'undici';
import type { WebhookUpdate } from './webhook-payload';

/** A signed body on its way; the same bytes at every attempt. */
export interface Delivery {
  body: string;
  signature: string | null;
  updates: WebhookUpdate[];
  /** Monotonic milliseconds. */
  firstTriedAt: number;
}

export interface WebhookAnswer {
  status: number;
  body: string;
}

/** One POST to a callback URL. Throws what the network throws. */
export async function sendWebhook(
  dispatcher: Dispatcher,
  url: string,
  body: string,
  signature: string | null,
  timeoutMs: number,
): Promise<WebhookAnswer> {
  const answer = await request(url, {
    dispatcher,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'facebookexternalua',
      accept: '*/*',
      ...(signature === null ? {} : { 'x-hub-signature-256': signature }),
    },
    body,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  return { status: answer.statusCode, body: (await answer.body.text()).slice(0, 2000) };
}

/** Null when it was answered 200; else why it has to come again. */
export async function postWebhook(
  dispatcher: Dispatcher,
  url: string,
  delivery: Delivery,
  timeoutMs: number,
): Promise<string | null> {
  try {
    const answer = await sendWebhook(dispatcher, url, delivery.body, delivery.signature, timeoutMs);
    return answer.status === 200 ? null : `answered ${answer.status}`;
  } catch (error) {
    return error instanceof Error ? error.message || error.name : 'failed';
  }
}

/** Meta's verification of a callback URL: null when the bare challenge came back with 200, else what was wrong. */
export async function shakeHands(
  dispatcher: Dispatcher,
  callbackUrl: string,
  verifyToken: string,
): Promise<string | null> {
  const challenge = String(Math.floor(1e9 + Math.random() * 9e9));
  const url = new URL(callbackUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  try {
    const answer = await request(url, { dispatcher, headersTimeout: 10_000, bodyTimeout: 10_000 });
    const body = await answer.body.text();
    if (answer.statusCode !== 200) return `answered ${answer.statusCode}`;
    return body === challenge ? null : 'did not answer with the challenge alone';
  } catch (error) {
    return error instanceof Error ? error.message || error.name : 'failed';
  }
}
