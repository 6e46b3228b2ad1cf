import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from '@/lib/log';
import { webhookRequests } from '@/lib/metrics';
import { answerBody, type AnswerStatus } from './answer';
import { readIncomingBody } from './body';
import { answerHandshake } from './handshake';
import { receiveWebhook } from './receive';

/** What a client that was refused early may still send before its connection is cut. */
const LINGER_MS = 1_000;

/**
 * The webhook on Node's own server, before Next: three statuses a message at 1,000 messages a second are more
 * than a route handler can take. Answers every request and never throws.
 */
export async function handleWebhookRequest(req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    if (req.method === 'GET' || req.method === 'HEAD') await handshake(req, res);
    else if (req.method === 'POST') await receive(req, res);
    else answer(res, 405, { Allow: 'GET, POST' });
  } catch (error) {
    log.error({ err: error }, 'a webhook request failed');
    if (!res.headersSent) answer(res, 503, { 'Retry-After': '5' });
  }
}

async function handshake(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = req.url ?? '';
  const start = url.indexOf('?');
  const result = await answerHandshake(new URLSearchParams(start < 0 ? '' : url.slice(start)));
  if (result.status !== 200) return answer(res, result.status);
  res.writeHead(200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  res.end(result.challenge);
}

async function receive(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = await readIncomingBody(req);
  if ('status' in body) {
    webhookRequests.inc({ result: String(body.status) });
    return refuseBody(req, res, body.status);
  }
  const header = req.headers['x-hub-signature-256'];
  const signature = typeof header === 'string' ? header : null;
  const { status } = await receiveWebhook({ rawBody: body.rawBody, signature });
  answer(res, status, status === 503 ? { 'Retry-After': '5' } : {});
}

/**
 * Answers while the client still sends. The response ends only once the client has stopped, or a moment later:
 * its end cuts the connection, and a client that still writes would lose the answer with it.
 */
function refuseBody(req: IncomingMessage, res: ServerResponse, status: 400 | 408 | 413): void {
  if (res.destroyed) return;
  const timer = setTimeout(() => {
    res.end();
    req.socket.destroy();
  }, LINGER_MS).unref();
  res.once('close', () => clearTimeout(timer));
  write(res, status, { Connection: 'close' });
  req.once('end', () => res.end()).resume();
}

function answer(res: ServerResponse, status: AnswerStatus, headers: Record<string, string> = {}): void {
  if (res.headersSent || res.destroyed) return;
  write(res, status, headers);
  res.end();
}

function write(res: ServerResponse, status: AnswerStatus, headers: Record<string, string>): void {
  const body = JSON.stringify(answerBody(status));
  res.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    ...headers,
  });
  res.write(body);
}
