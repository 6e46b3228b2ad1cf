import type { WebhookDelivery } from '@/lib/webhook-endpoints/schema';

/** What became of the last attempt, in a line: "204 in 35 ms", "Nothing listens there: …". */
export function lastTryWords({ tries }: Pick<WebhookDelivery, 'tries'>): string {
  const last = tries.at(-1);
  if (!last) return 'Not tried yet';
  return tryWords(last);
}

export function tryWords({ status, error, duration_ms: ms }: WebhookDelivery['tries'][number]): string {
  return error === null ? `Answered ${status} in ${ms} ms` : `${error.replace(/\.$/, '')} (${ms} ms)`;
}

/** Bodies are one line as they are sent; this is for the eye. */
export function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
