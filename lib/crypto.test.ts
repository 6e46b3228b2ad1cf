import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyId, open, seal, SealError, type SealedPlace } from './crypto';

const key = randomBytes(32);
const place: SealedPlace = {
  table: 'senders',
  column: 'access_token',
  workspaceId: randomUUID(),
  rowId: randomUUID(),
};

describe('sealed texts', () => {
  it('open again to exactly what was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(open(seal(text, place, key), place, [key])).toBe(text);
      }),
    );
  });

  it('never repeat: the same text seals differently each time', () => {
    const all = new Set(Array.from({ length: 200 }, () => seal('token', place, key)));
    expect(all.size).toBe(200);
  });

  it.each(['table', 'column', 'workspaceId', 'rowId'] as const)('do not open under another %s', (part) => {
    const sealed = seal('token', place, key);
    expect(() => open(sealed, { ...place, [part]: 'other' }, [key])).toThrow(SealError);
  });

  it('do not open once any byte of nonce, text or tag was changed', () => {
    const [version, id, nonce = '', body = ''] = seal('token', place, key).split('.');
    for (const [part, other] of [
      [nonce, (changed: string) => [version, id, changed, body].join('.')],
      [body, (changed: string) => [version, id, nonce, changed].join('.')],
    ] as const) {
      const bytes = Buffer.from(part, 'base64url');
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
        expect(() => open(other(changed.toString('base64url')), place, [key])).toThrow(SealError);
      }
    }
  });

  it('sealed by a former key are still read, and new ones carry the new key', () => {
    const former = randomBytes(32);
    expect(open(seal('token', place, former), place, [key, former])).toBe('token');
    expect(seal('token', place, key).split('.')[1]).toBe(keyId(key));
  });

  it('name the missing key and not the text when no key fits', () => {
    const former = randomBytes(32);
    expect(() => open(seal('token', place, former), place, [key])).toThrow(keyId(former));
  });

  it.each(['', 'token', 's1.x', 's1.00000000.AAAA.AAAA', 's2.a.b.c', 's1.a.b.c.d'])('refuse %j', (text) => {
    expect(() => open(text, place, [key])).toThrow(SealError);
  });

  it('need a key of 32 bytes', () => {
    expect(() => seal('token', place, Buffer.alloc(16))).toThrow('32 bytes');
  });
});
