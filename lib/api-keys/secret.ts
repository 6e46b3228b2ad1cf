import { createHash, randomBytes } from 'node:crypto';

/** Keys begin with it, so that a bearer token says what it is, and a scanner finds one that leaked. */
export const KEY_PREFIX = 'hrld_';

const SHOWN_CHARS = KEY_PREFIX.length + 6;
const shape = new RegExp(`^${KEY_PREFIX}[\\w-]{43}$`);

/** 256 random bits in base64url, what to store of them, and the beginning that may be shown. */
export function newApiKey(): { key: string; keyHash: string; prefix: string } {
  const key = KEY_PREFIX + randomBytes(32).toString('base64url');
  return { key, keyHash: hashApiKey(key), prefix: key.slice(0, SHOWN_CHARS) };
}

/** SHA-256 alone: of 256 random bits nothing can be guessed that a slow hash would protect. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function looksLikeApiKey(token: string): boolean {
  return shape.test(token);
}
