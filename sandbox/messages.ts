import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerSend } from './answers';
import { authorizeNumber } from './authorize';
import { failure } from './graph-errors';
import { collectBody } from './request-body';
import type { NumberRuntime } from './number-runtime';
import type { Sandbox } from './runtime';
import type { SendTarget } from './send-target';
import { decide, refused, type Claims, type Decision } from './send-decision';

const BODY_LIMIT_BYTES = 1024 * 1024;

/** POST /{phone-number-id}/messages, or marketing_messages: decide, write down, answer. */
export function receiveMessage(
  box: Sandbox,
  target: SendTarget,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const atMs = performance.timeOrigin + performance.now();
  const { numberId } = target;
  const runtime = trackInFlight(box, numberId, response);
  collectBody(request, BODY_LIMIT_BYTES, (raw) => {
    const decision = raw === null ? aborted() : consider(box, target, request, runtime, raw);
    box.ledger.record({ atMs, numberId, ...decision });
    const answer = (): void => answerSend(request, response, decision.answer, decision.status, decision.body);
    if (decision.before) void decision.before().then(answer);
    else if (decision.delayMs > 0) setTimeout(answer, decision.delayMs);
    else answer();
  });
}

function trackInFlight(box: Sandbox, numberId: string, response: ServerResponse): NumberRuntime | undefined {
  const number = box.state.numbers.get(numberId);
  const runtime = number && box.runtimeOf(number);
  box.inFlight += 1;
  if (box.inFlight > box.maxInFlight) box.maxInFlight = box.inFlight;
  if (runtime && ++runtime.inFlight > runtime.maxInFlight) runtime.maxInFlight = runtime.inFlight;
  response.on('close', () => {
    box.inFlight -= 1;
    if (runtime) runtime.inFlight -= 1;
  });
  return runtime;
}

function consider(
  box: Sandbox,
  target: SendTarget,
  request: IncomingMessage,
  runtime: NumberRuntime | undefined,
  raw: Buffer,
): Decision {
  const owner = authorizeNumber(box, request, target.numberId);
  const body = parseBody(request, raw);
  const claimed = claimsOf(body);
  if ('code' in owner) return refused(owner, claimed);
  return runtime ? decide(box, runtime, target, body, claimed) : refused(failure(33), claimed);
}

function parseBody(request: IncomingMessage, raw: Buffer): unknown {
  if (!request.headers['content-type']?.startsWith('application/json')) return undefined;
  try {
    return JSON.parse(raw.toString());
  } catch {
    return undefined;
  }
}

/** What even a refused body says of itself, for the ledger. */
function claimsOf(body: unknown): Claims {
  if (typeof body !== 'object' || body === null) return { to: '', callbackData: null };
  const { to, biz_opaque_callback_data: data } = body as Record<string, unknown>;
  return {
    to: typeof to === 'string' ? to.replace(/^\+/, '') : '',
    callbackData: typeof data === 'string' ? data.slice(0, 512) : null,
  };
}

function aborted(): Decision {
  return {
    status: 0,
    body: '',
    answer: 'aborted',
    delayMs: 0,
    code: 0,
    sequence: 0,
    to: '',
    callbackData: null,
  };
}
