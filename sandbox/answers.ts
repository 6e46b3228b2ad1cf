import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LedgerAnswer } from './ledger';

const JSON_TYPE = 'application/json; charset=UTF-8';

const HTML_502 =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>\n';

/** Graph's bare failure, without a code one could act on. */
const PLAIN_500 = '{"error":{"message":"An unknown error has occurred.","type":"OAuthException","code":1}}';

export function answerJson(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  answer(response, status, JSON_TYPE, body, Object.entries(headers).flat());
}

/** `more`: further headers, each name before its value; Node takes a flat list as it stands, which the many sends feel. */
function answer(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  more: readonly string[] = [],
): void {
  if (response.destroyed || response.headersSent) return;
  const length = String(Buffer.byteLength(body));
  response.writeHead(status, ['content-type', type, 'content-length', length, ...more]);
  response.end(body);
}

/** Answers a send, or spoils the answer. `stall`: the caller waits until it gives up. */
export function answerSend(
  request: IncomingMessage,
  response: ServerResponse,
  how: LedgerAnswer,
  status: number,
  body: string,
): void {
  switch (how) {
    case 'answered':
    case 'after_webhook':
      return answerJson(response, status, body);
    case 'destroy':
    case 'aborted':
      return void request.socket.destroy();
    case 'reset':
      return void request.socket.resetAndDestroy();
    case 'plain_500':
      return answerJson(response, 500, PLAIN_500);
    case 'html_502':
      return answer(response, 502, 'text/html', HTML_502);
    case 'truncate':
      response.writeHead(200, { 'content-type': JSON_TYPE, 'content-length': Buffer.byteLength(body) });
      return void response.write(body.slice(0, body.length / 2), () => request.socket.destroy());
    case 'stall':
      return;
  }
}
