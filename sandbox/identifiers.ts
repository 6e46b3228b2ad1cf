import { randomBytes, randomInt } from 'node:crypto';

function digits(count: number): string {
  let text = String(randomInt(1, 10));
  while (text.length < count) text += String(randomInt(0, 10));
  return text;
}

/** The app that the sandbox's tokens belong to. */
export const APP_ID = '670843887433847';

/** Graph ids are strings of digits: 15 for numbers and accounts, 16 for templates and media. */
export const makeNodeId = (): string => digits(15);
/** Few enough digits to be a number in JSON, as Meta's webhooks write it. */
export const makeObjectId = (): string => digits(15);
export const makeAccessToken = (): string =>
  `EAA${randomBytes(120).toString('base64url').replace(/[-_]/g, 'Z')}`;
export const makeAppSecret = (): string => randomBytes(16).toString('hex');
export const makeTraceId = (): string => `A${randomBytes(16).toString('base64url')}`;

/** An American number in the 555 area, as Meta hands out for testing. */
export const makeSenderDigits = (): string => `1555${digits(7)}`;

/** `15550783881` as `+1 555-078-3881`. */
export function displayNumber(senderDigits: string): string {
  const [, area, exchange, line] = /^1(\d{3})(\d{3})(\d{4})$/.exec(senderDigits) ?? [];
  return area ? `+1 ${area}-${exchange}-${line}` : `+${senderDigits}`;
}

const run = randomBytes(4).toString('hex').toUpperCase();

/**
 * The wamid of the nth accepted message of this process: Meta's layout, base64 of a header, the recipient, and
 * 18 hex characters. A pure function, so that a ledger of millions need not store it.
 */
export function wamidOf(sequence: number, waId: string): string {
  const id = `${run}${sequence.toString(16).toUpperCase().padStart(10, '0')}`;
  const raw = `\x1c\x18${String.fromCharCode(waId.length)}${waId}\x15\x02\x00\x11\x18\x12${id}\x00`;
  return `wamid.${Buffer.from(raw, 'latin1').toString('base64')}`;
}

/** The wamid of a message somebody else wrote (an inbound one). */
export function makeInboundWamid(from: string): string {
  const id = randomBytes(10).toString('hex').toUpperCase();
  const raw = `\x1c\x18${String.fromCharCode(from.length)}${from}\x15\x02\x00\x12\x18\x14${id}\x00`;
  return `wamid.${Buffer.from(raw, 'latin1').toString('base64')}`;
}

const COUNTRIES = ['US', 'GB', 'IN', 'BR', 'ES', 'DE'];

/** A business-scoped user id: country, dot, digits; the same person keeps the same one. */
export function userIdOf(waId: string): string {
  let hash = 0;
  for (const character of waId) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  return `${COUNTRIES[hash % COUNTRIES.length]}.${String(hash).padStart(10, '0')}${waId.slice(-6)}`;
}
