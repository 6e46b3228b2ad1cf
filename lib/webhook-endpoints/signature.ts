import { createHmac, randomBytes } from 'node:crypto';

// Standard Webhooks (standardwebhooks.com): receivers verify with any of its libraries.

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new signing secret as its owner keeps it: `whsec_` and 256 random bits in base64. */
export function newSigningSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

export interface SignedMessage {
  /** The same over all attempts. */
  id: string;
  /** Seconds since 1970, of this attempt. */
  timestamp: number;
  /** As it is sent, to the byte. */
  body: string;
}

/** The three headers that prove where a message comes from: one signature for each secret that is good now. */
export function signatureHeaders(
  { id, timestamp, body }: SignedMessage,
  secrets: readonly string[],
): Record<string, string> {
  const signatures = secrets.map((secret) => `v1,${sign(`${id}.${timestamp}.${body}`, secret)}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}

function sign(content: string, secret: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return createHmac('sha256', key).update(content, 'utf8').digest('base64');
}
