import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson } from '../answers';
import { readBody } from '../request-body';
import type { Sandbox } from '../runtime';
import { changeSettings, clearFaults, listFaults, resetSettings, setFaults, showSettings } from './faults';
import { clearLedger, showLedger } from './ledger';
import { changeNumber, createNumber, listNumbers, showNumber } from './numbers';
import { AdminError, ok, type AdminHandler } from './shapes';
import { putTemplate, showTemplates } from './templates';
import { postInbound, postWebhook } from './webhooks';

export const ADMIN_PREFIX = '/__sandbox/';
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

const HANDLERS: Readonly<Record<string, AdminHandler>> = {
  'GET health': ({ box }) =>
    ok({
      status: 'ok',
      numbers: box.state.numbers.size,
      posts: box.ledger.size,
      in_flight: box.inFlight,
      statuses_waiting: box.reporter.waiting,
    }),
  'GET numbers': listNumbers,
  'POST numbers': createNumber,
  'GET numbers/:id': showNumber,
  'PATCH numbers/:id': changeNumber,
  'GET faults': listFaults,
  'POST faults': setFaults,
  'DELETE faults': clearFaults,
  'GET settings': showSettings,
  'POST settings': changeSettings,
  'DELETE settings': resetSettings,
  'GET templates': showTemplates,
  'POST templates': putTemplate,
  'POST webhooks': postWebhook,
  'POST inbound': postInbound,
  'GET media': ({ box }) => ok({ uploads: box.media.uploads }),
  'DELETE media': ({ box }) => ok({ expired: box.media.expire() }),
  'GET ledger': showLedger,
  'DELETE ledger': clearLedger,
};

/**
 * The admin endpoint has no password: it answers this machine only, by a local name (a page on the web cannot
 * reach it by rebinding a name of its own), and takes bodies only as JSON (which no cross-site form can send).
 */
function refuseStranger(request: IncomingMessage): AdminError | null {
  const from = request.socket.remoteAddress ?? '';
  const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(from);
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (!local || !['127.0.0.1', 'localhost', '[::1]'].includes(host)) {
    return new AdminError(403, 'The admin endpoint answers this machine only.');
  }
  const hasBody = request.method === 'POST' || request.method === 'PATCH';
  const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
  return hasBody && !isJson ? new AdminError(415, 'Send JSON, with content-type: application/json.') : null;
}

export async function administer(
  box: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { status, body } = await route(box, request);
    answerJson(response, status, JSON.stringify(body));
  } catch (error) {
    const known = error instanceof AdminError;
    const message = known ? error.message : 'The sandbox failed; its log says why.';
    if (!known) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    answerJson(response, known ? error.status : 500, JSON.stringify({ error: { message } }));
  }
}

async function route(box: Sandbox, request: IncomingMessage): Promise<{ status: number; body: object }> {
  const stranger = refuseStranger(request);
  if (stranger) throw stranger;
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [collection = '', id = ''] = url.pathname.slice(ADMIN_PREFIX.length).split('/');
  const handler = HANDLERS[`${request.method} ${collection}${id ? '/:id' : ''}`];
  if (!handler) throw new AdminError(404, `There is no ${request.method} ${url.pathname} here.`);
  const raw = await readBody(request, BODY_LIMIT_BYTES);
  if (raw === null) throw new AdminError(413, 'The body is too long.');
  return handler({ box, request, query: url.searchParams, body: parseJson(raw), id });
}

function parseJson(raw: Buffer): unknown {
  if (raw.length === 0) return undefined;
  try {
    return JSON.parse(raw.toString());
  } catch {
    throw new AdminError(400, 'The body is not JSON.');
  }
}
