import { createHmac } from 'node:crypto';

/** `X-Hub-Signature-256`: over the very bytes that are sent. */
export function signBody(body: string | Buffer, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}
