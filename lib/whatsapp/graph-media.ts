import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { openConnections, type Connections } from './connections';
import { exchange, type Exchange } from './exchange';
import type { GraphAccess } from './graph';
import { readFailure } from './graph-errors';

export interface MediaUpload {
  name: string;
  mimeType: string;
  bytes: number;
  /** Of the file, from its beginning; read once. */
  chunks: AsyncIterable<Uint8Array>;
}

/** The largest file takes this long over a line of 1.5 Mbit/s. */
const UPLOAD_TIMEOUT_MS = 10 * 60_000;

const answerSchema = z.object({ id: z.string().min(1).max(200) });

// Apart from the sending ones: an upload holds its connection for minutes.
let connections: Connections | undefined;

/**
 * Gives a file to a number and answers the id messages name it by, which WhatsApp keeps for 30 days (reference §2).
 * One request. Throws GraphReadError in plain words. Uploading again does no harm: it makes another id.
 */
export async function uploadGraphMedia(
  access: GraphAccess,
  phoneNumberId: string,
  file: MediaUpload,
): Promise<string> {
  const boundary = `herald-${randomUUID()}`;
  const head = Buffer.from(headOf(boundary, file));
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const ended = await exchange(
    {
      method: 'POST',
      baseUrl: access.baseUrl,
      path: `/${access.version}/${phoneNumberId}/media`,
      accessToken: access.accessToken,
      upload: {
        contentType: `multipart/form-data; boundary=${boundary}`,
        contentLength: head.length + file.bytes + tail.length,
        chunks: framed(head, file.chunks, tail),
      },
    },
    access.timeoutMs ?? UPLOAD_TIMEOUT_MS,
    (connections ??= openConnections({ connections: 2 })),
  );
  const id = idOf(ended);
  if (id === undefined) throw readFailure(ended, `phone number id ${phoneNumberId}`);
  return id;
}

function idOf(ended: Exchange): string | undefined {
  if (ended.kind !== 'answer' || ended.httpStatus >= 300) return undefined;
  return answerSchema.safeParse(ended.body).data?.id;
}

function headOf(boundary: string, { name, mimeType }: MediaUpload): string {
  const plainName = name.replace(/[\r\n"\\]/g, '_');
  return [
    `--${boundary}`,
    'Content-Disposition: form-data; name="messaging_product"',
    '',
    'whatsapp',
    `--${boundary}`,
    `Content-Disposition: form-data; name="file"; filename="${plainName}"`,
    `Content-Type: ${mimeType}`,
    '',
    '',
  ].join('\r\n');
}

async function* framed(
  head: Buffer,
  chunks: AsyncIterable<Uint8Array>,
  tail: Buffer,
): AsyncGenerator<Uint8Array> {
  yield head;
  yield* chunks;
  yield tail;
}
