import { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { AppError } from '@/lib/errors';

const MAX_NAME_CHARS = 300;

/** The name of a file sent as a body: header `X-File-Name`, percent-encoded. Throws 422 without a usable one. */
export function fileNameOf(request: Request): string {
  const name = decode(request.headers.get('x-file-name') ?? '')
    // Neither a path nor what PostgreSQL or a terminal chokes on.
    .replace(/^.*[\\/]/, '')
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim();
  if (name !== '' && name.length <= MAX_NAME_CHARS) return name;
  const message = 'Give the name of the file in the header X-File-Name, percent-encoded.';
  throw new AppError('invalid', 'file_name_invalid', message, {
    issues: [{ path: 'X-File-Name', message }],
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** A stored file as a download, never as a page: sent as fast as it is taken. */
export function fileAnswer(file: {
  name: string;
  bytes: number;
  chunks: AsyncIterable<Uint8Array>;
}): Response {
  // Node's own type knows `from`; the two are the same class.
  const body = NodeReadableStream.from(file.chunks) as ReadableStream<Uint8Array<ArrayBuffer>>;
  return new Response(body, {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(file.bytes),
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  });
}
