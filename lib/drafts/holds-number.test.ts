import { describe, expect, it } from 'vitest';
import { holdsNumber } from './holds-number';

const forms = ['4915123456789', '004915123456789', '4901512345678', '15123456789', '015123456789'];

/** In pieces of `size` bytes, as the database gives them. */
async function* pieces(bytes: Uint8Array, size = bytes.length) {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}
const holds = (text: string, size?: number) => holdsNumber(pieces(Buffer.from(text), size), forms);

describe('a list holds a number', () => {
  it.each([
    'phone\n+49 151 2345-6789\n',
    'name;phone\r\nAna;0049 (151) 23456789',
    '"Ana","\'+4915123456789"',
    'cc,phone\n49,0151 / 23456789',
    'phone\n٠١٥١٢٣٤٥٦٧٨٩',
    'phone\n۰۱۵۱۲۳۴۵۶۷۸۹',
  ])('however it is written: %j', async (text) => {
    expect(await holds(text)).toBe(true);
    for (const size of [1, 7, 16]) expect(await holds(text, size)).toBe(true);
  });

  it('also in UTF-16', async () => {
    const text = Buffer.from('\ufeffphone\t+4915123456789', 'utf16le');
    expect(await holdsNumber(pieces(text, 5), forms)).toBe(true);
    expect(await holdsNumber(pieces(Buffer.from(text).swap16(), 5), forms)).toBe(true);
  });

  it('not when it holds a longer or a shorter one, or digits far apart', async () => {
    const far = `+49151${' '.repeat(80)}23456789`;
    for (const text of ['phone\n49151234567891', 'phone\n491512345678', far, `x${far}`, ''])
      for (const size of [undefined, 3]) expect(await holds(text, size)).toBe(false);
  });

  it('for all we know when it is a workbook, which is not opened', async () => {
    expect(await holdsNumber(pieces(Buffer.from('PK\u0003\u0004…')), forms)).toBe(true);
  });
});
