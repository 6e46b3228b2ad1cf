import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSignedWith, parseSignature } from './signature';

const SECRET = 'app-secret';
// As Meta writes it: slashes and every letter beyond ASCII escaped.
const BODY = Buffer.from(String.raw`{"text":"gr\u00fc\u00dfe \ud83d\ude00 https:\/\/example.com"}`);
const sign = (body: Uint8Array, secret = SECRET) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

function verify(header: string | null, body: Uint8Array = BODY): boolean {
  const signature = parseSignature(header);
  return signature !== null && isSignedWith(SECRET, body, signature);
}

describe('the signature', () => {
  it('holds over the raw bytes, escapes and all', () => {
    expect(verify(sign(BODY))).toBe(true);
    expect(verify(sign(BODY).toUpperCase().replace('SHA256', 'sha256'))).toBe(true);
  });

  it('does not hold over the same JSON written anew', () => {
    const again = Buffer.from(JSON.stringify(JSON.parse(BODY.toString())));
    expect(verify(sign(BODY), again)).toBe(false);
  });

  it('does not hold with another secret or one changed byte', () => {
    expect(verify(sign(BODY, 'another'))).toBe(false);
    expect(verify(sign(BODY), Buffer.concat([BODY, Buffer.from(' ')]))).toBe(false);
  });

  it.each([
    null,
    '',
    'sha256=',
    sign(BODY).slice(0, -2),
    `${sign(BODY)}00`,
    sign(BODY).slice(7),
    'sha1=abc',
    `sha256=${'z'.repeat(64)}`,
  ])('refuses the header %s', (header) => {
    expect(verify(header)).toBe(false);
  });
});
