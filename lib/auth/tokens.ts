import { hkdfSync, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { getEnv } from '@/lib/env';

export const accessTokenSeconds = 15 * 60;

const algorithm = 'HS256';
const type = 'at+jwt';
const issuer = 'herald';
const audience = 'herald-api';
const minSecretBytes = 32;

export interface AccessClaims {
  userId: string;
  sessionId: string;
}

// A key of its own: the cookie is sealed under another one derived from the same secret.
function signingKey(): Uint8Array {
  const secret = Buffer.from(getEnv().authSecret);
  if (secret.length < minSecretBytes) {
    throw new Error(`AUTH_SECRET must have at least ${minSecretBytes} bytes.`);
  }
  return new Uint8Array(hkdfSync('sha256', secret, '', 'herald access token', 32));
}

/** A JWT good for 15 minutes and only while its session is. */
export async function signAccessToken({ userId, sessionId }: AccessClaims): Promise<string> {
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: algorithm, typ: type })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(userId)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${accessTokenSeconds}s`)
    .sign(signingKey());
}

/** The claims of a token we signed ourselves with the one algorithm we use; undefined for anything else. */
export async function verifyAccessToken(token: string): Promise<AccessClaims | undefined> {
  const key = signingKey();
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      typ: type,
      issuer,
      audience,
      requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
    });
    if (typeof payload.sub !== 'string' || typeof payload.sid !== 'string') return undefined;
    return { userId: payload.sub, sessionId: payload.sid };
  } catch {
    return undefined;
  }
}
