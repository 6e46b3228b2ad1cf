import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { withUpload, type Upload, type UploadSource } from './upload';

type Part = [name: string, value: string | Buffer, filename?: string];

const boundary = 'x-herald-test';

function encode(parts: Part[], end = `--${boundary}--\r\n`): Buffer {
  const pieces = parts.flatMap(([name, value, filename]) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename ? `; filename="${filename}"` : ''}\r\n\r\n`,
    ),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...pieces, Buffer.from(end)]);
}

/** `breakOff`: the client goes away after the last byte given. */
function sourceOf(bytes: Buffer, options: Partial<UploadSource> & { breakOff?: boolean } = {}): UploadSource {
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) {
        if (options.breakOff) controller.error(new Error('aborted'));
        else controller.close();
        return;
      }
      controller.enqueue(new Uint8Array(bytes.subarray(at, at + 1000)));
      at += 1000;
    },
  });
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    contentLength: null,
    maxBytes: 1_000_000,
    body,
    ...options,
  };
}

async function receive(source: UploadSource): Promise<{ upload: Upload; text: string }> {
  return withUpload(source, async (upload) => {
    const chunks: Buffer[] = [];
    for await (const chunk of upload.file.createReadStream({ start: 0, autoClose: false })) {
      chunks.push(chunk as Buffer);
    }
    return { upload, text: Buffer.concat(chunks).toString() };
  });
}

async function failure(source: UploadSource): Promise<AppError> {
  const error: unknown = await withUpload(source, () => Promise.reject(new Error('used'))).catch(
    (e: unknown) => e,
  );
  if (error instanceof AppError) return error;
  throw new Error('it should have been refused', { cause: error });
}

const csv = `phone\n${'+12025550001\n'.repeat(20_000)}`;

describe('an upload', () => {
  it('is taken whole, with its file before or after its fields, and is the same either way', async () => {
    const file: Part = ['file', csv, 'people.csv'];
    const fields: Part[] = [
      ['name', 'Élan'],
      ['template_id', '7'],
    ];
    const last = await receive(sourceOf(encode([...fields, file])));
    const first = await receive(sourceOf(encode([file, ...fields.reverse()])));
    expect(last.text).toBe(csv);
    expect(last.upload).toMatchObject({
      fields: { name: 'Élan', template_id: '7' },
      fileBytes: csv.length,
      encoding: 'utf-8',
    });
    expect(first.text).toBe(csv);
    expect(first.upload.hash).toBe(last.upload.hash);
    const other = await receive(sourceOf(encode([...fields, ['file', `${csv} `, 'people.csv']])));
    expect(other.upload.hash).not.toBe(last.upload.hash);
    expect(last.upload.hash).toHaveLength(createHash('sha256').digest('hex').length);
  });

  it('leaves no file behind', async () => {
    const before = await readdir(tmpdir());
    await receive(sourceOf(encode([['file', csv, 'a.csv']])));
    await failure(sourceOf(encode([['file', csv, 'a.csv']], ''), { breakOff: true }));
    const left = (await readdir(tmpdir())).filter((name) => !before.includes(name));
    expect(left.filter((name) => name.startsWith('herald-upload-'))).toEqual([]);
  });

  const big = Buffer.alloc(2_000_000, 'x');
  it.each<[string, string, UploadSource]>([
    [
      'cut by the client',
      'malformed',
      sourceOf(encode([['file', big, 'a.csv']], ''), { breakOff: true, maxBytes: 1e9 }),
    ],
    ['cut before its end', 'malformed', sourceOf(encode([['file', csv, 'a.csv']], ''))],
    ['cut within a field', 'malformed', sourceOf(encode([['name', 'x']]).subarray(0, -30))],
    ['cut within its headers', 'malformed', sourceOf(encode([['name', 'x']]).subarray(0, 30))],
    ['without a boundary', 'malformed', sourceOf(encode([]), { contentType: 'multipart/form-data' })],
    ['without a body', 'malformed', sourceOf(encode([]), { body: null })],
    ['that is no form', 'malformed', sourceOf(Buffer.from('hello'))],
    ['with too large a file', 'too_large', sourceOf(encode([['file', big, 'a.csv']]))],
    ['that announces too much', 'too_large', sourceOf(Buffer.alloc(0), { contentLength: 1e12 })],
    ['with a gzip file', 'invalid', sourceOf(encode([['file', Buffer.from([0x1f, 0x8b, 8, 0]), 'a.csv']]))],
    ['with an empty file', 'invalid', sourceOf(encode([['file', '', 'a.csv']]))],
    ['without a file', 'invalid', sourceOf(encode([['name', 'x']]))],
    ['with the file as a field', 'invalid', sourceOf(encode([['file', csv]]))],
    ['with the file elsewhere', 'invalid', sourceOf(encode([['csv', csv, 'a.csv']]))],
    [
      'with two files',
      'invalid',
      sourceOf(
        encode([
          ['file', csv, 'a.csv'],
          ['file', csv, 'b.csv'],
        ]),
      ),
    ],
    [
      'with a field twice',
      'invalid',
      sourceOf(
        encode([
          ['name', 'a'],
          ['name', 'b'],
          ['file', csv, 'a.csv'],
        ]),
      ),
    ],
    ['with a huge field', 'invalid', sourceOf(encode([['name', Buffer.alloc(300_000, 'x')]]))],
    [
      'with a thousand fields',
      'invalid',
      sourceOf(encode(Array.from({ length: 1000 }, (_, i) => [`f${i}`, 'x']))),
    ],
  ])('%s is refused as %s', async (_, kind, source) => {
    expect((await failure(source)).kind).toBe(kind);
  });
});
