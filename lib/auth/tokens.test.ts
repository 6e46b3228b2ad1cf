import { createHmac, generateKeyPairSync, hkdfSync, randomUUID, sign } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { getEnv } from '@/lib/env';
import { signAccessToken, verifyAccessToken } from './tokens';

const claims = { userId: randomUUID(), sessionId: randomUUID() };

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** The real key, so that each forgery below is wrong in one thing only. */
function realKey(): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', getEnv().authSecret, '', 'herald access token', 32));
}

function goodPayload(): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: 'herald',
    aud: 'herald-api',
    sub: claims.userId,
    sid: claims.sessionId,
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
  };
}

async function mint(payload: Record<string, unknown>, header: { alg?: string; typ?: string } = {}) {
  return new SignJWT(payload).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header }).sign(realKey());
}

describe('access tokens', () => {
  it('name the user and the session that signed them', async () => {
    expect(await verifyAccessToken(await signAccessToken(claims))).toEqual(claims);
  });

  it('minted by the test with the real key pass, so the refusals below are for the reason named', async () => {
    expect(await verifyAccessToken(await mint(goodPayload()))).toEqual(claims);
  });

  it('with alg none are refused', async () => {
    const token = `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(goodPayload())}.`;
    expect(await verifyAccessToken(token)).toBeUndefined();
  });

  it('with another algorithm are refused, even under the right key', async () => {
    const token = await new SignJWT(goodPayload())
      .setProtectedHeader({ alg: 'HS512', typ: 'at+jwt' })
      .sign(new Uint8Array([...realKey(), ...realKey()]));
    expect(await verifyAccessToken(token)).toBeUndefined();
    const body = `${encode({ alg: 'HS384', typ: 'at+jwt' })}.${encode(goodPayload())}`;
    const mac = createHmac('sha384', realKey()).update(body).digest('base64url');
    expect(await verifyAccessToken(`${body}.${mac}`)).toBeUndefined();
  });

  it('that bring their own key (jwk, jku) are refused', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const header = {
      alg: 'RS256',
      typ: 'at+jwt',
      jwk: publicKey.export({ format: 'jwk' }),
      jku: 'http://127.0.0.1:1',
    };
    const body = `${encode(header)}.${encode(goodPayload())}`;
    const signature = sign('sha256', Buffer.from(body), privateKey).toString('base64url');
    expect(await verifyAccessToken(`${body}.${signature}`)).toBeUndefined();
  });

  it.each([
    ['another audience', { aud: 'somebody-else' }],
    ['another issuer', { iss: 'somebody-else' }],
    ['no session', { sid: undefined }],
    ['a session that is no text', { sid: 7 }],
    ['no subject', { sub: undefined }],
    ['no end', { exp: undefined }],
    ['an end in the past', { exp: Math.floor(Date.now() / 1000) - 1 }],
  ])('with %s are refused', async (_, change) => {
    expect(await verifyAccessToken(await mint({ ...goodPayload(), ...change }))).toBeUndefined();
  });

  it('of another type are refused', async () => {
    expect(await verifyAccessToken(await mint(goodPayload(), { typ: 'JWT' }))).toBeUndefined();
  });

  it('end after 15 minutes', async () => {
    const token = await signAccessToken(claims);
    vi.useFakeTimers({ now: Date.now() + 15 * 60_000 + 1_000, toFake: ['Date'] });
    try {
      expect(await verifyAccessToken(token)).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  it.each(['', 'x', 'a.b.c', '..', `${'a'.repeat(5000)}.b.c`])(
    'that are no JWT are refused: %#',
    async (token) => {
      expect(await verifyAccessToken(token)).toBeUndefined();
    },
  );
});
