/**
 * What stands for the number of a person who was erased (lib/contacts/erase.ts): the row's own id, which leads to
 * nobody. It is no phone number, so such a row can never be sent to again.
 */
export function erasedPhone(recipientId: string): string {
  return `erased-${recipientId}`;
}

export function isErased(phone: string): boolean {
  return !phone.startsWith('+');
}

/** What the outside sees instead: E.164 in form, as it is promised, and nobody's: no country has a number of zeros. */
export const ERASED_DIGITS = '0000000000';
