/** What a search for a phone says; browser-safe. */
export type PhoneSearch =
  /** E.164 begins with this: it was written with `+` or `00` in front. */
  | { kind: 'prefix'; prefix: string }
  /** These digits are somewhere in the number, as when its country is left out. */
  | { kind: 'digits'; digits: string }
  /** Not a phone number, or a part of one. */
  | { kind: 'text'; text: string };

/** Reads a phone in any form a person types: spaces, brackets, Arabic digits, a spreadsheet's apostrophe. */
export function readPhoneSearch(search: string): PhoneSearch | undefined {
  const text = search
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .trim();
  if (text === '') return undefined;
  // A trunk zero in brackets is for those who dial within the country.
  const digits = text.replace(/\(0\)/, '').replace(/\D/g, '');
  if (!/^'?[+\d\s().\-/]+$/.test(text) || digits === '') return { kind: 'text', text };
  const international = /^'?\+/.test(text) ? digits : /^00/.test(digits) ? digits.slice(2) : '';
  if (international !== '') return { kind: 'prefix', prefix: `+${international}` };
  return { kind: 'digits', digits: digits.replace(/^0+(?=\d)/, '') };
}

const LONGEST = 15;

/** The last number that begins with the prefix. Between digits every collation agrees with byte order. */
export function lastWithPrefix(prefix: string): string {
  return prefix.padEnd(LONGEST + 1, '9');
}
