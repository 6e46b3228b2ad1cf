import { ReadableStream as NodeReadableStream } from 'node:stream/web';

/** A CSV as a download, sent as fast as it is taken and stopped when the client goes away. */
export function csvAnswer(file: { filename: string; chunks: AsyncIterable<Uint8Array> }): Response {
  // Node's own type knows `from`; the two are the same class.
  const body = NodeReadableStream.from(file.chunks) as ReadableStream<Uint8Array<ArrayBuffer>>;
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${file.filename}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  });
}
