import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Answer, RequestFailure } from './classify';
import type { Connections } from './connections';
import type { Cut } from './cut';

export interface GraphRequest {
  method: 'GET' | 'POST';
  /** Without a trailing slash; may have a path of its own. */
  baseUrl: string;
  /** From the slash on, with the query. */
  path: string;
  accessToken: string;
  /** JSON text. */
  body?: string;
  /** Instead of it: bytes that are read as they are written, of a known length. */
  upload?: { contentType: string; contentLength: number; chunks: AsyncIterable<Uint8Array> };
  /** Ends it early; what was written by then is in doubt. */
  cut?: Cut;
  /** Called right before the first byte is written. */
  onWrite?: () => void;
}

/** How one request ended: with an answer, readable or not, or without. */
export type Exchange = ({ kind: 'answer' } & Answer) | ({ kind: 'failure' } & RequestFailure);

/**
 * One request, at most once on the wire: no retry, no redirect. Never throws; ends at the latest `timeoutMs`
 * after the call, waiting for a connection included.
 */
export function exchange(
  request: GraphRequest,
  timeoutMs: number,
  connections: Connections,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const handler = new ExchangeHandler(timeoutMs, request, resolve);
    if (handler.settled) return;
    try {
      const { origin, prefix } = splitBaseUrl(request.baseUrl);
      connections.to(origin).dispatch(
        {
          method: request.method,
          path: prefix + request.path,
          headers: headersOf(request),
          body: request.upload ? Readable.from(request.upload.chunks) : (request.body ?? null),
        },
        handler,
      );
    } catch (error) {
      handler.fail(codeOf(error));
    }
  });
}

class ExchangeHandler implements Dispatcher.DispatchHandler {
  settled = false;
  private started = false;
  private httpStatus = 0;
  private readonly chunks: Buffer[] = [];
  private controller: Dispatcher.DispatchController | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(
    timeoutMs: number,
    private readonly request: Pick<GraphRequest, 'cut' | 'onWrite'>,
    private readonly resolve: (exchange: Exchange) => void,
  ) {
    this.timer = setTimeout(() => this.abandon('TIMEOUT'), timeoutMs);
    if (request.cut?.isMade) this.giveUp();
    else request.cut?.join(this);
  }

  /** Called once a connection stands, right before the first byte is written; a throw means none will be. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.settled) throw new Error('Given up before it was sent.');
    if (this.started) {
      this.fail('REPEATED');
      throw new Error('A request is never written twice.');
    }
    this.started = true;
    this.controller = controller;
    this.request.onWrite?.();
  }

  onResponseStart(_controller: Dispatcher.DispatchController, statusCode: number): void {
    if (statusCode >= 200) this.httpStatus = statusCode;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.settle({ kind: 'answer', httpStatus: this.httpStatus, body: parseJson(this.chunks) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(codeOf(error));
  }

  fail(code: string): void {
    if (this.httpStatus > 0) this.settle({ kind: 'answer', httpStatus: this.httpStatus, body: undefined });
    else this.settle({ kind: 'failure', mayHaveLeft: this.started, code });
  }

  private abandon(code: string): void {
    this.fail(code);
    this.controller?.abort(new Error(code));
  }

  giveUp(): void {
    this.abandon('ABORTED');
  }

  private settle(result: Exchange): void {
    if (this.settled) return;
    this.settled = true;
    clearTimeout(this.timer);
    this.request.cut?.leave(this);
    this.resolve(result);
  }
}

function headersOf({ accessToken, body, upload }: GraphRequest): string[] {
  const headers = ['authorization', `Bearer ${accessToken}`, 'accept', 'application/json'];
  if (body !== undefined) headers.push('content-type', 'application/json');
  if (upload) {
    headers.push('content-type', upload.contentType, 'content-length', String(upload.contentLength));
  }
  return headers;
}

function parseJson(chunks: Buffer[]): unknown {
  try {
    // Mostly one: nothing to put together.
    const [first] = chunks;
    const bytes = first && chunks.length === 1 ? first : Buffer.concat(chunks);
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'UNKNOWN';
}

const split = new Map<string, { origin: string; prefix: string }>();

function splitBaseUrl(baseUrl: string): { origin: string; prefix: string } {
  const known = split.get(baseUrl);
  if (known) return known;
  const url = new URL(baseUrl);
  const parts = { origin: url.origin, prefix: url.pathname.replace(/\/$/, '') };
  split.set(baseUrl, parts);
  return parts;
}
