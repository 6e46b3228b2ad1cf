import type { IncomingMessage } from 'node:http';

/** The whole body, or null when it was cut off or is longer than `limitBytes`. Calls back exactly once. */
export function collectBody(
  request: IncomingMessage,
  limitBytes: number,
  done: (body: Buffer | null) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let ended = false;
  const finish = (body: Buffer | null): void => {
    if (ended) return;
    ended = true;
    done(body);
  };
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limitBytes) finish(null);
    else chunks.push(chunk);
  });
  request.on('end', () => {
    const [only] = chunks;
    finish(chunks.length === 1 && only ? only : Buffer.concat(chunks));
  });
  request.on('error', () => finish(null));
  request.on('close', () => finish(null));
}

export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | null> {
  return new Promise((resolve) => collectBody(request, limitBytes, resolve));
}
