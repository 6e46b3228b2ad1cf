import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { decodeWindows1252 } from './windows-1252';

it('every byte of Windows-1252 is the character the code page has, or none', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(decodeWindows1252(bytes)).toBe(iconv.decode(Buffer.from(bytes), 'windows-1252'));
});

it('text longer than one slice is read whole', () => {
  const text = 'Olé €'.repeat(10_000);
  expect(decodeWindows1252(iconv.encode(text, 'windows-1252'))).toBe(text);
});
