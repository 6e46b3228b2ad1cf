import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';

/**
 * Every country with phone numbers, by its English name (browser-safe). Pages name them on the server and hand
 * them down: two ICU versions may spell a country differently, and the page would not fit its first paint.
 */
export function listCountries(): { value: string; word: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return getCountries()
    .map((value) => ({ value, word: `${names.of(value) ?? value} (+${getCountryCallingCode(value)})` }))
    .sort((a, b) => a.word.localeCompare(b.word, 'en'));
}
