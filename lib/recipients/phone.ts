import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/min';
import mobileExamples from 'libphonenumber-js/mobile/examples';

export interface PhoneInput {
  phoneNumber: string;
  /** `+1`, `1`, `0044` or ISO `US`; used when the number itself has no `+` and no `00`. */
  countryCode?: string;
  /** Used when the row names no country. */
  defaultCountry?: CountryCode;
}

export type PhoneResult =
  | {
      ok: true;
      /** E.164 with the plus. */
      phone: string;
      /** Without the plus. */
      callingCode: number;
      /** ISO 3166 alpha-2 where telling it cost nothing; CountryFinder (phone-country.ts) tells the others. */
      country?: string | undefined;
    }
  | { ok: false; field: 'phone_number' | 'country_code'; reason: string };

/** Longer is no phone number, whatever it is; keeps the work bounded. */
const MAX_CHARS = 64;
const MAX_E164_DIGITS = 15;

// Marks that contact apps and right-to-left texts put around numbers without showing them.
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const PUNCTUATION = /[\s().\-/\u00b7\u2010-\u2015\u2212\uff0d]/g;
const FOREIGN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g;

const callingCodes = new Set<string>(getCountries().map((country) => getCountryCallingCode(country)));

/**
 * A phone number as a person or a spreadsheet wrote it, as E.164 (browser-safe). It must be possible by its
 * country's lengths, not assigned: test and sandbox numbers never are. `min` metadata decide that exactly as
 * `max` do, so browser and server agree.
 */
export function normalizePhone(input: PhoneInput): PhoneResult {
  if (input.phoneNumber.length > MAX_CHARS) return refuse('This is too long to be a phone number.');
  const text = plainText(input.phoneNumber).replace(/^(tel|whatsapp):/i, '');
  if (text === '') return refuse('The phone number is missing.');
  if (/^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i.test(text)) {
    return refuse(
      'Excel shortened this number: format the column as Text, enter the numbers again, and save it once more.',
    );
  }
  // `919876543210.0` is a number column written by pandas and the like.
  const number = text.replace(/^(\+?\d+)\.0$/, '$1').replace(PUNCTUATION, '');
  if (!/^\+?\d+$/.test(number)) {
    return refuse('A phone number has only digits, spaces, brackets, dashes and one + in front.');
  }
  if (/^(\+|00)/.test(number)) return parse(number.replace(/^00/, '+'), {});
  return parseNational(number, input);
}

/** An ISO 3166 alpha-2 country libphonenumber knows, in any case; undefined for anything else. */
export function parseCountry(text: string): CountryCode | undefined {
  const iso = text.trim().toUpperCase().replace(/^UK$/, 'GB');
  return isSupportedCountry(iso) ? iso : undefined;
}

function parseNational(number: string, { countryCode = '', defaultCountry }: PhoneInput): PhoneResult {
  const code = plainText(countryCode.slice(0, MAX_CHARS));
  if (code === '') {
    if (defaultCountry) return parseBare(number, defaultCountry);
    return refuse(
      'The number has no country: write it with + and the country code, fill in country_code, or choose a default country.',
    );
  }
  const country = parseCountry(code);
  if (country) return parse(number, { defaultCountry: country });
  const digits = code
    .replace(/\.0$/, '')
    .replace(PUNCTUATION, '')
    .replace(/^(\+|00)/, '');
  if (callingCodes.has(digits)) return parse(number, { defaultCallingCode: digits });
  return {
    ok: false,
    field: 'country_code',
    reason: 'This is not a country code: write it like +1, 1, 0044 or US.',
  };
}

/**
 * Digits that begin with the default country's own calling code may be a national number or an international one
 * without its plus. libphonenumber decides by the numbers' general form alone and takes 4915112345678 in Germany
 * for +49 4915112345678; where form decides nothing, what is left in doubt is sent to nobody.
 */
function parseBare(number: string, defaultCountry: CountryCode): PhoneResult {
  const national = parse(number, { defaultCountry });
  if (!number.startsWith(getCountryCallingCode(defaultCountry))) return national;
  const international = parse(`+${number}`, {});
  if (!international.ok) return national;
  if (!national.ok || national.phone === international.phone) return international;
  const hasForm = [national, international].map(({ phone }) => parsePhoneNumberFromString(phone)?.isValid());
  if (hasForm[0] !== hasForm[1]) return hasForm[0] ? national : international;
  // National would be longer than the country's mobile numbers, by just the calling code.
  const mobile = mobileExamples[defaultCountry];
  if (hasForm[0] && international.phone.length === `+${international.callingCode}${mobile}`.length) {
    return international;
  }
  return refuse(
    `This may be ${national.phone} or ${international.phone}: write it with + and the country code, or fill in country_code.`,
  );
}

function parse(
  number: string,
  context: { defaultCountry?: CountryCode; defaultCallingCode?: string },
): PhoneResult {
  // Ten digits after +1 are possible in all of its 25 countries, telling which of them costs 20 µs a number.
  if (/^\+1\d{10}$/.test(number)) return { ok: true, phone: number, callingCode: 1 };
  const parsed = parsePhoneNumberFromString(number, { ...context, extract: false });
  if (!parsed) {
    return refuse('This is not a phone number: check the country code and the number of digits.');
  }
  // Possible by a country's local habits is not enough: it must stand as E.164 by itself. And a leading zero
  // may be a trunk prefix too many, so that the E.164 form would name another number.
  const isInDoubt = !number.startsWith('+') || parsed.nationalNumber.startsWith('0');
  const isPossible = parsed.isPossible() && parsed.number.length <= MAX_E164_DIGITS + 1;
  const alone = isPossible && (isInDoubt ? standingAlone(parsed.number) : parsed);
  if (!alone) {
    return refuse(
      `This is not a possible phone number for +${parsed.countryCallingCode}: check the number of digits.`,
    );
  }
  const callingCode = Number(parsed.countryCallingCode);
  // That of the number by itself, not the one it was written in; and one answer for one number: none under +1.
  const country = callingCode === 1 ? undefined : alone.country;
  return { ok: true, phone: parsed.number, callingCode, country };
}

function standingAlone(e164: string) {
  const parsed = parsePhoneNumberFromString(e164, { extract: false });
  return parsed?.number === e164 && parsed.isPossible() ? parsed : undefined;
}

function plainText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(FOREIGN_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replaceAll('\uff0b', '+')
    .trim()
    .replace(/^['\u2019]+/, '')
    .trim();
}

function refuse(reason: string): PhoneResult {
  return { ok: false, field: 'phone_number', reason };
}
