import { createHash } from 'node:crypto';
import type { Endpoint } from '@/lib/api/endpoint';
import { AppError } from '@/lib/errors';
import type { BodyShare } from './body-room';
import { refuseUnstorableText } from './validate';

const defaultMaxBodyBytes = 1024 * 1024;

export interface JsonBody {
  value: unknown;
  /** SHA-256 of the bytes as they came, hex; of `{}` when there were none. */
  hash: string;
}

function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** A request whose body the handler streams itself. */
export function isMultipart(endpoint: Endpoint, request: Request): boolean {
  return endpoint.multipart !== undefined && mediaType(request) === 'multipart/form-data';
}

/** Reads and parses the JSON body within the endpoint's size, and within the room there is for all of them. */
export async function readJson(endpoint: Endpoint, request: Request, share: BodyShare): Promise<JsonBody> {
  const isJson = mediaType(request) === 'application/json';
  const mayBeEmpty = endpoint.bodyOptional === true;
  // Without a type there may be no body at all, and then that is what is wrong.
  const isUntyped = mediaType(request) === '';
  if (!isJson && !mayBeEmpty && !isUntyped) throw wrongMediaType(endpoint);
  refuseEncodedBody(request);

  const bytes = await readBytes(request, endpoint.maxBodyBytes ?? defaultMaxBodyBytes, share);
  if (bytes.length === 0 && mayBeEmpty) return { value: {}, hash: sha256('{}') };
  if (bytes.length === 0 && isUntyped) throw emptyBody();
  if (!isJson) throw wrongMediaType(endpoint);

  const text = decodeUtf8(bytes);
  const value = parseJson(text);
  // Escapes are the only way in for either; most bodies have none, and are not walked.
  if (/\\u(0000|[dD][89a-fA-F])/.test(text)) refuseUnstorableText(value);
  return { value, hash: sha256(bytes) };
}

function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

function wrongMediaType(endpoint: Endpoint): AppError {
  const types = endpoint.multipart ? 'application/json or multipart/form-data' : 'application/json';
  return new AppError(
    'unsupported_media_type',
    'unsupported_media_type',
    `Send the body as ${types}, and name it in the Content-Type header.`,
  );
}

function refuseEncodedBody(request: Request): void {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return;
  throw new AppError(
    'unsupported_media_type',
    'unsupported_content_encoding',
    'Send the body uncompressed, without a Content-Encoding header.',
  );
}

async function readBytes(request: Request, maxBytes: number, share: BodyShare): Promise<Buffer> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  share.expect(announced);
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await nextChunk(reader);
    if (done) return Buffer.concat(chunks, size);
    size += value.length;
    if (size > maxBytes) {
      // Not awaited: a client that goes on sending must not hold the answer up.
      reader.cancel().catch(() => undefined);
      throw tooLarge(maxBytes);
    }
    try {
      share.take(value.length);
    } catch (error) {
      reader.cancel().catch(() => undefined);
      throw error;
    }
    chunks.push(value);
  }
}

async function nextChunk(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch {
    throw new AppError('malformed', 'incomplete_body', 'The request body broke off; send it again.');
  }
}

function tooLarge(maxBytes: number): AppError {
  const kib = Math.floor(maxBytes / 1024);
  const size = kib >= 1024 ? `${Math.floor(kib / 1024)} MiB` : `${kib} KiB`;
  return new AppError('too_large', 'body_too_large', `The body is larger than the ${size} accepted here.`);
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError(
      'malformed',
      'malformed_json',
      'The body is not valid UTF-8; encode the JSON as UTF-8.',
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (text.trim() === '') throw emptyBody();
    throw new AppError('malformed', 'malformed_json', 'The body is not valid JSON.');
  }
}

function emptyBody(): AppError {
  return new AppError('malformed', 'malformed_json', 'The body is empty; send a JSON object.');
}
