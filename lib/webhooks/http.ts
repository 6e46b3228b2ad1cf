import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { log } from '@/lib/log';
import { webhookRequests } from '@/lib/metrics';
import { answerBody, type AnswerStatus } from './answer';
import { readIncomingBody } from './body';
import { answerHandshake } from './handshake';
import { receiveWebhook } from './receive';
import { createTurns } from './turns';

/** What a client that was refused early may still send before its connection is cut. */
const LINGER_MS = 1_000;

/** Webhooks read, or answered, in one round of the event loop: some 2 ms, then the pages and the API have theirs. */
const turns = createTurns(16);

/** Beside what every answer carries. */
const MORE_HEADERS: Partial<Record<AnswerStatus, OutgoingHttpHeaders>> = {
  400: { Connection: 'close' },
  405: { Allow: 'GET, POST' },
  408: { Connection: 'close' },
  413: { Connection: 'close' },
  503: { 'Retry-After': '5' },
};

/**
 * The webhook on Node's own server, before Next: three statuses a message at 1,000 messages a second are more
 * than a route handler can take. Answers every request, with `common` headers, and never throws.
 */
export function webhookHandler(common: OutgoingHttpHeaders = {}): RequestListener {
  const write = answerWriter(common);
  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      if (req.method === 'GET' || req.method === 'HEAD') await handshake(req, res, { common, write });
      else if (req.method === 'POST') await receive(req, res, write);
      else end(res, 405, write);
    } catch (error) {
      log.error({ err: error }, 'a webhook request failed');
      if (!res.headersSent) end(res, 503, write);
    }
  };
  return (req, res) => void handle(req, res);
}

type AnswerWriter = (res: ServerResponse, status: AnswerStatus) => void;

/** Writes the answer for a status, made once for each: thousands are given a second. */
function answerWriter(common: OutgoingHttpHeaders): AnswerWriter {
  const answers = new Map<AnswerStatus, { headers: OutgoingHttpHeaders; body: string }>();
  return (res, status) => {
    let answer = answers.get(status);
    if (!answer) {
      const body = JSON.stringify(answerBody(status));
      const headers = {
        ...common,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
        ...MORE_HEADERS[status],
      };
      answer = { headers, body };
      answers.set(status, answer);
    }
    res.writeHead(status, answer.headers);
    res.write(answer.body);
  };
}

async function handshake(
  req: IncomingMessage,
  res: ServerResponse,
  { common, write }: { common: OutgoingHttpHeaders; write: AnswerWriter },
): Promise<void> {
  const url = req.url ?? '';
  const start = url.indexOf('?');
  const result = await answerHandshake(new URLSearchParams(start < 0 ? '' : url.slice(start)));
  if (result.status !== 200) return end(res, result.status, write);
  res.writeHead(200, {
    ...common,
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  res.end(result.challenge);
}

async function receive(req: IncomingMessage, res: ServerResponse, write: AnswerWriter): Promise<void> {
  const body = await readIncomingBody(req);
  if ('status' in body) {
    webhookRequests.inc({ result: String(body.status) });
    return refuseBody({ req, res }, body.status, write);
  }
  const header = req.headers['x-hub-signature-256'];
  const signature = typeof header === 'string' ? header : null;
  await turns.next();
  const { status } = await receiveWebhook({ rawBody: body.rawBody, signature });
  // A batch that is committed frees hundreds at once.
  await turns.next();
  end(res, status, write);
}

/**
 * Answers while the client still sends. The response ends only once the client has stopped, or a moment later:
 * its end cuts the connection, and a client that still writes would lose the answer with it.
 */
function refuseBody(
  { req, res }: { req: IncomingMessage; res: ServerResponse },
  status: 400 | 408 | 413,
  write: AnswerWriter,
): void {
  if (res.destroyed) return;
  const timer = setTimeout(() => {
    res.end();
    req.socket.destroy();
  }, LINGER_MS).unref();
  res.once('close', () => clearTimeout(timer));
  write(res, status);
  req.once('end', () => res.end()).resume();
}

function end(res: ServerResponse, status: AnswerStatus, write: AnswerWriter): void {
  if (res.headersSent || res.destroyed) return;
  write(res, status);
  res.end();
}
