import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const VERSION = 's1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** A sealed text that none of the keys opens: moved to another row, tampered with, or the key is gone. */
export class SealError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SealError';
  }
}

/** First 8 hex digits of the key's SHA-256: says which key sealed a text, and nothing about the key. */
export function keyId(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}

/** Where a sealed text belongs: it opens nowhere else. */
export interface SealedPlace {
  table: string;
  column: string;
  workspaceId: string;
  rowId: string;
}

/**
 * AES-256-GCM under a random 96-bit nonce: `s1.<key id>.<nonce>.<text and tag>`, base64url.
 * `key` is 32 bytes; the place is bound in as additional data.
 */
export function seal(plaintext: string, place: SealedPlace, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wholeKey(key), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(place));
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [VERSION, keyId(key), nonce.toString('base64url'), sealed.toString('base64url')].join('.');
}

/**
 * The text again. `keys`: the one in use first, then former ones, so that old texts stay readable after the
 * key was changed. Throws SealError.
 */
export function open(sealed: string, place: SealedPlace, keys: readonly Buffer[]): string {
  const [version, id, nonceText, bodyText, ...rest] = sealed.split('.');
  if (version !== VERSION || !id || !nonceText || !bodyText || rest.length > 0) {
    throw new SealError('This is not a sealed text.');
  }
  const key = keys.find((candidate) => keyId(candidate) === id);
  if (!key) throw new SealError(`The key ${id} that sealed this text is not among the keys given.`);
  const nonce = Buffer.from(nonceText, 'base64url');
  const body = Buffer.from(bodyText, 'base64url');
  if (nonce.length !== NONCE_BYTES || body.length < TAG_BYTES) {
    throw new SealError('This sealed text is cut off.');
  }
  const decipher = createDecipheriv('aes-256-gcm', wholeKey(key), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(additionalData(place));
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]);
    return plain.toString('utf8');
  } catch (cause) {
    throw new SealError('This sealed text was changed, or belongs to another row.', { cause });
  }
}

function wholeKey(key: Buffer): Buffer {
  if (key.length !== KEY_BYTES) throw new SealError(`The encryption key must be ${KEY_BYTES} bytes.`);
  return key;
}

// JSON, so that no two places spell the same bytes.
function additionalData(place: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([place.table, place.column, place.workspaceId, place.rowId]));
}
