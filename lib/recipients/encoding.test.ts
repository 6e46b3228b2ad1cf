import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText, EncodingProbe } from './encoding';

/** Cut into pieces of `size` bytes, so that characters fall apart. */
async function read(bytes: Buffer, size: number): Promise<{ encoding: string; text: string }> {
  const pieces: Buffer[] = [];
  for (let i = 0; i < bytes.length; i += size) pieces.push(bytes.subarray(i, i + size));
  const probe = new EncodingProbe();
  for (const piece of pieces) probe.update(piece);
  const encoding = probe.encoding();
  async function* chunks() {
    await Promise.resolve();
    yield* pieces;
  }
  let text = '';
  for await (const part of decodeText(chunks(), encoding)) text += part;
  return { encoding, text };
}

const text = 'name,phone\nJosé “€” Ørsted,+44\n';

describe('a text file', () => {
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.concat([Buffer.from('\ufeff'), Buffer.from(text)])],
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()])],
    ['windows-1252', iconv.encode(text, 'windows-1252')],
  ])('in %s is read, however it is cut', async (encoding, bytes) => {
    for (const size of [1, 3, 1_000]) expect(await read(bytes, size)).toEqual({ encoding, text });
  });

  it('in Windows-1252 is known as such though its only sign stands at the very end', async () => {
    const bytes = iconv.encode(`${'name,phone\n'.repeat(200_000)}José`, 'windows-1252');
    expect((await read(bytes, 65_536)).text.endsWith('José')).toBe(true);
  });

  it.each([
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), 'gzip'],
    ['a workbook', Buffer.from('PK\u0003\u0004 and more'), 'Excel workbook'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), 'old Excel'],
    ['NUL bytes', Buffer.from('name,phone\nAna\0,+44\n'), 'NUL'],
    ['UTF-16 without its mark', Buffer.from(text, 'utf16le'), 'CSV UTF-8'],
    [
      'UTF-8 with one byte damaged',
      Buffer.concat([Buffer.from(text), Buffer.from([0xff])]),
      'not valid UTF-8',
    ],
    ['UTF-8 cut within a character', Buffer.from(`${text}é`).subarray(0, -1), 'not valid UTF-8'],
    ['a UTF-8 mark and other bytes', Buffer.from([0xef, 0xbb, 0xbf, 0x41, 0xe9]), 'not valid UTF-8'],
    ['overlong UTF-8', Buffer.from([0x41, 0xe0, 0x80, 0x80]), 'not valid UTF-8'],
    ['bytes of no encoding', Buffer.from([0x41, 0x81, 0x8d]), 'neither valid UTF-8 nor Windows-1252'],
    ['half a UTF-16 pair', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]), 'not valid UTF-16LE'],
  ])('that is %s is refused in words', async (_, bytes, words) => {
    for (const size of [1, 1_000]) {
      await expect(read(bytes, size)).rejects.toMatchObject({
        kind: 'invalid',
        message: expect.stringContaining(words) as string,
      });
    }
  });
});
