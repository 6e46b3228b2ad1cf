import { normalizePhone, parseCountry, type PhoneResult } from '@/lib/recipients/phone';

/** One's own number as it was typed, as E.164 (browser-safe); `country` is ISO 3166 alpha-2 or null. */
export function normalizeOwnNumber(text: string, country: string | null): PhoneResult {
  const defaultCountry = country === null ? undefined : parseCountry(country);
  const result = normalizePhone({ phoneNumber: text, defaultCountry });
  const namesCountry = defaultCountry !== undefined || /^\s*(\+|00)/.test(text);
  if (result.ok || namesCountry || !/\d/.test(text)) return result;
  // The general words speak of columns, which there are none here.
  const reason =
    'The number has no country: write it with + and the country code, or choose a default country.';
  return { ...result, reason };
}
