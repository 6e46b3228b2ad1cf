import { createHmac, timingSafeEqual } from 'node:crypto';

const FORM = /^sha256=([0-9a-f]{64})$/i;

/** The 32 bytes of an X-Hub-Signature-256 header (`sha256=<64 hex digits>`); null when it is none. */
export function parseSignature(header: string | null | undefined): Buffer | null {
  const [, hex] = FORM.exec(header ?? '') ?? [];
  return hex ? Buffer.from(hex, 'hex') : null;
}

/**
 * Whether the app secret signed these bytes. Only the raw bytes will do: Meta signs JSON with escaped unicode
 * and slashes, which no parser gives back.
 */
export function isSignedWith(appSecret: string, rawBody: Uint8Array, signature: Buffer): boolean {
  const expected = createHmac('sha256', appSecret).update(rawBody).digest();
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}
