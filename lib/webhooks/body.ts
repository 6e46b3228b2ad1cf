import type { IncomingMessage } from 'node:http';

/** Meta sends up to 3 MB. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;
const BODY_TIMEOUT_MS = 10_000;

export interface BodyLimits {
  maxBytes: number;
  /** From now to the last byte. */
  timeoutMs: number;
}

export type RawBody = { rawBody: Uint8Array } | { status: 400 | 408 | 413 };

const LIMITS: BodyLimits = { maxBytes: MAX_BODY_BYTES, timeoutMs: BODY_TIMEOUT_MS };

/** The bytes of a request as they came, from Node's server. */
export function readIncomingBody(request: IncomingMessage, limits = LIMITS): Promise<RawBody> {
  return new Promise((resolve) => {
    if (Number(request.headers['content-length'] ?? 0) > limits.maxBytes) return resolve({ status: 413 });
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => finish({ status: 408 }), limits.timeoutMs);
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.maxBytes) finish({ status: 413 });
      else chunks.push(chunk);
    };
    const onEnd = () => finish({ rawBody: Buffer.concat(chunks, size) });
    const onBroken = () => finish({ status: 400 });
    request.on('data', onData).once('end', onEnd).once('error', onBroken).once('close', onBroken);

    function finish(body: RawBody): void {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onBroken);
      resolve(body);
    }
  });
}

/** The same of a web Request. */
export async function readRequestBody(request: Request, limits = LIMITS): Promise<RawBody> {
  if (Number(request.headers.get('content-length') ?? 0) > limits.maxBytes) return { status: 413 };
  if (!request.body) return { rawBody: new Uint8Array() };
  const reader = request.body.getReader();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<RawBody>((resolve) => {
    timer = setTimeout(() => resolve({ status: 408 }), limits.timeoutMs);
  });
  const body = await Promise.race([readAll(reader, limits.maxBytes), late]);
  clearTimeout(timer);
  // Not awaited: a client that goes on sending must not hold the answer up.
  if ('status' in body) reader.cancel().catch(() => undefined);
  return body;
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>, maxBytes: number): Promise<RawBody> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { rawBody: Buffer.concat(chunks, size) };
      size += value.length;
      if (size > maxBytes) return { status: 413 };
      chunks.push(value);
    }
  } catch {
    return { status: 400 };
  }
}
