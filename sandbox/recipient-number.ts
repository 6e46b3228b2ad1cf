import { failure, invalidParameter, type GraphFailure } from './graph-errors';

export interface Recipient {
  /** As it came in the body. */
  input: string;
  /** The digits WhatsApp knows the person by; may differ from the input's. */
  waId: string;
  /** The digits dialled, before WhatsApp's own rewriting. */
  dialled: string;
  /** A number that no network hands out: taken, then reported undeliverable. */
  impossible: boolean;
}

const WRITTEN = /^[+\d\s().-]+$/;

/** Brazil outside 11–28 and Mexico are known to WhatsApp by other digits than people dial. */
function whatsAppDigits(digits: string): string {
  if (/^55[3-9]\d9\d{8}$/.test(digits)) return digits.slice(0, 4) + digits.slice(5);
  if (/^52[2-9]\d{9}$/.test(digits)) return `521${digits.slice(2)}`;
  return digits;
}

/**
 * Reads `to` as Meta does: `+`, spaces, hyphens, dots and brackets are fine; without the plus the sender's own
 * country code is put in front, whatever the digits begin with.
 */
export function readRecipient(to: unknown, senderCountryCode: string): Recipient | GraphFailure {
  if (typeof to !== 'string' || to === '') return invalidParameter('The parameter to is required.');
  const malformed = 'The phone number is malformed: Please use the format: +1234567890.';
  const bare = to.replace(/\D/g, '');
  if (!WRITTEN.test(to) || bare.length === 0 || to.lastIndexOf('+') > 0) return failure(131009, malformed);
  // A leading 00 has been refused since January 2023.
  if (bare.startsWith('0')) return failure(100, 'Invalid phone number');
  const dialled = to.startsWith('+') ? bare : senderCountryCode + bare;
  if (dialled.length < 7 || dialled.length > 15) return failure(131009, malformed);
  const impossible = dialled.startsWith('1') && dialled.length !== 11;
  return { input: to, waId: whatsAppDigits(dialled), dialled, impossible };
}
