import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';

/** Every country a sender may have as its default, by English name: for a select, made on the server. */
export function countryOptions(): { value: string; word: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return getCountries()
    .map((country) => ({
      value: country,
      word: `${names.of(country) ?? country} (+${getCountryCallingCode(country)})`,
    }))
    .sort((a, b) => a.word.localeCompare(b.word, 'en'));
}
