import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from '@/lib/log';
import { createBatcher } from '@/lib/webhooks/batcher';
import { findDestination } from './follow';
import { isPerson } from './is-person';
import { recordClicks, type Click } from './record';
import { TapLimit } from './tap-limit';
import { readLinkToken } from './token';
import { LINK_PATH } from './tracked-buttons';

const HEADERS = {
  'Cache-Control': 'no-store',
  // The shop need not learn whose link it was.
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
};
const RETRY_AFTER_SECONDS = '60';

const limit = new TapLimit();
const writing = new Set<Promise<void>>();
const write = createBatcher<Click>({
  write: (clicks) => recordClicks(clicks),
  waitMs: 100,
  maxRows: 500,
  // One after the other: all of a campaign's clicks meet on one counter.
  concurrency: 1,
  maxWaitingRows: 100_000,
});

/**
 * A tracked link, on Node's own server before Next: public, so it must be cheap. A token that is not ours costs no look
 * at the database. Whoever taps goes on at once; the click is written after the answer. Answers every request and
 * never throws.
 */
export async function handleLinkRequest(req: IncomingMessage, res: ServerResponse): Promise<void> {
  req.resume();
  try {
    if (req.method !== 'GET' && req.method !== 'HEAD')
      return answer(res, 405, 'This link can only be opened.', { Allow: 'GET, HEAD' });
    const path = (req.url ?? '').split(/[?#]/, 1)[0] ?? '';
    const token = path.slice(LINK_PATH.length);
    const key = readLinkToken(token);
    if (!key) return nowhere(res);
    if (!limit.allows(token, performance.now()))
      return answer(res, 429, 'Too often: wait a minute and try again.', {
        'Retry-After': RETRY_AFTER_SECONDS,
      });
    const destination = await findDestination(key);
    if (destination === null) return nowhere(res);
    res.writeHead(302, { ...HEADERS, Location: destination, 'Content-Length': 0 });
    res.end();
    const { workspaceId, campaignId, recipientId } = key;
    if (isPerson(req.method, req.headers)) count({ workspaceId, campaignId, recipientId, at: new Date() });
  } catch (error) {
    log.error({ err: error }, 'a tracked link could not be followed');
    if (!res.headersSent) answer(res, 503, 'Not now: try again in a moment.', { 'Retry-After': '5' });
  }
}

/** Resolves when every click so far is written, or given up. */
export async function clicksWritten(): Promise<void> {
  await Promise.all(writing);
}

function count(click: Click): void {
  const written = write([click]).catch((error: unknown) => {
    log.error({ err: error, campaignId: click.campaignId }, 'a click could not be written');
  });
  writing.add(written);
  void written.finally(() => writing.delete(written));
}

function nowhere(res: ServerResponse): void {
  answer(res, 404, 'This link leads nowhere. It may be incomplete, or what it led to is gone.');
}

function answer(
  res: ServerResponse,
  status: number,
  words: string,
  headers: Record<string, string> = {},
): void {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Link</title><p>${words}</p></html>\n`;
  res.writeHead(status, {
    ...HEADERS,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  res.end(res.req.method === 'HEAD' ? undefined : body);
}
