import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import busboy from 'busboy';
import { AppError } from '@/lib/errors';
import { EncodingProbe, type CsvEncoding } from '@/lib/recipients/encoding';
import { asStorageFull, openUnnamedFile, uploadTooLarge } from '@/lib/unnamed-file';

export interface UploadSource {
  contentType: string;
  /** As the client says; null when it does not. */
  contentLength: number | null;
  body: ReadableStream<Uint8Array> | null;
  /** Of the file. */
  maxBytes: number;
  /** What a larger one is answered with; MAX_UPLOAD_MB unless given. */
  tooLarge?: () => AppError;
}

/** A form that has arrived whole: its fields, and its file on disk. */
export interface Upload {
  fields: Record<string, string>;
  /** Reads the file from the start. */
  file: FileHandle;
  fileBytes: number;
  /** As the client named it, without a path; may be empty. */
  fileName: string;
  encoding: CsvEncoding;
  /** SHA-256 over fields and file, hex: the same for the same request in any order of parts. */
  hash: string;
}

const MAX_FIELDS = 20;
const MAX_FIELD_BYTES = 256 * 1024;
const FILE_FIELD = 'file';

/**
 * Takes in a multipart form, the file going straight to disk, and calls `use` only when all of it has come: a
 * slow client must not hold a transaction open, and a cut one must leave nothing. The temporary file has no
 * name any more, so that it goes with the process however that ends.
 */
export async function withUpload<T>(source: UploadSource, use: (upload: Upload) => Promise<T>): Promise<T> {
  const file = await openUnnamedFile();
  try {
    return await use(await receive(source, file));
  } finally {
    await file.close();
  }
}

function tooLargeOf({ tooLarge, maxBytes }: UploadSource): AppError {
  return tooLarge?.() ?? uploadTooLarge(maxBytes);
}

interface ReceivedFile {
  bytes: number;
  sha256: string;
  encoding: CsvEncoding;
}

async function receive(source: UploadSource, target: FileHandle): Promise<Upload> {
  if (!source.body) throw new AppError('malformed', 'malformed_multipart', 'The form has no body.');
  const mostBytes = source.maxBytes + (MAX_FIELDS + 1) * (MAX_FIELD_BYTES + 1024);
  if ((source.contentLength ?? 0) > mostBytes) throw tooLargeOf(source);
  const fields = new Map<string, string>();
  let incoming: { name: string | undefined; stream: Readable; written: Promise<ReceivedFile> } | undefined;
  const parser = openParser(source);

  parser.on('field', (name, value, info) => {
    if (info.nameTruncated || info.valueTruncated) {
      parser.destroy(formError(name, 'This field is too long.'));
    } else if (name === FILE_FIELD) {
      parser.destroy(formError(name, 'Send it as a file, with a file name.'));
    } else if (fields.has(name)) {
      parser.destroy(formError(name, 'This field is given twice.'));
    } else fields.set(name, value);
  });
  parser.on('file', (name, stream, info) => {
    // Its end without the form's is an error of the stream; the form's own error is the one to tell.
    stream.on('error', () => undefined);
    if (name !== FILE_FIELD)
      return void parser.destroy(formError(name, 'The file goes into the field “file”.'));
    const written = spool(stream, target, tooLargeOf(source));
    written.catch((error: unknown) => parser.destroy(error instanceof Error ? error : undefined));
    incoming = { name: info.filename, stream, written };
  });
  const tooMany = () => parser.destroy(formError('', 'The form has too many fields, or more than one file.'));
  parser.on('fieldsLimit', tooMany).on('filesLimit', tooMany).on('partsLimit', tooMany);

  try {
    await pipeline(Readable.fromWeb(source.body as NodeReadableStream<Uint8Array>), parser);
    if (!incoming) throw formError(FILE_FIELD, 'There is no file: send it in the field “file”.');
    return describe(fields, target, await incoming.written, incoming.name);
  } catch (error) {
    incoming?.stream.destroy();
    // The file is closed only when nobody writes to it any more.
    await incoming?.written.catch(() => undefined);
    throw asUploadError(error);
  }
}

function describe(
  fields: Map<string, string>,
  file: FileHandle,
  received: ReceivedFile,
  name: string | undefined,
): Upload {
  if (received.bytes === 0) throw formError(FILE_FIELD, 'The file is empty.');
  const entries = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    fields: Object.fromEntries(entries),
    file,
    fileBytes: received.bytes,
    fileName: (name ?? '').replace(/\0/g, '').slice(0, 200),
    encoding: received.encoding,
    hash: sha256(JSON.stringify([entries, received.sha256])),
  };
}

function openParser({ contentType, maxBytes }: UploadSource): busboy.Busboy {
  try {
    return busboy({
      headers: { 'content-type': contentType },
      defParamCharset: 'utf8',
      limits: {
        fields: MAX_FIELDS,
        fieldSize: MAX_FIELD_BYTES,
        files: 1,
        fileSize: maxBytes,
        parts: MAX_FIELDS + 1,
        headerPairs: 50,
      },
    });
  } catch {
    throw new AppError(
      'malformed',
      'malformed_multipart',
      'The Content-Type names no multipart boundary: let your HTTP client set that header itself.',
    );
  }
}

async function spool(stream: Readable, target: FileHandle, tooLarge: AppError): Promise<ReceivedFile> {
  const probe = new EncodingProbe();
  const hash = createHash('sha256');
  let bytes = 0;
  stream.on('limit', () => stream.destroy(tooLarge));
  await pipeline(stream, async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      probe.update(chunk);
      hash.update(chunk);
      bytes += chunk.length;
      // At the current position, and all of it. A write stream on the handle would close it, or never end.
      await target.writeFile(chunk);
    }
  });
  return { bytes, sha256: hash.digest('hex'), encoding: probe.encoding() };
}

function asUploadError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const full = asStorageFull(error);
  if (full) return full;
  return new AppError(
    'malformed',
    'incomplete_upload',
    'The upload broke off or is not a well-formed multipart form; nothing was stored, send it again.',
  );
}

function formError(field: string, message: string): AppError {
  return new AppError('invalid', 'validation_failed', field ? `${field}: ${message}` : message, {
    issues: [{ path: field, message }],
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
