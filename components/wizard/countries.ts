import { getCountries } from 'libphonenumber-js/min';

const names = new Intl.DisplayNames('en', { type: 'region' });

/** `DE` is Germany; null is a number that belongs to no one country. */
export function countryName(country: string | null): string {
  if (country === null) return 'No single country';
  return names.of(country) ?? country;
}

let options: { value: string; word: string }[] | undefined;

/** Every country a phone number can be of, by name. */
export function countryOptions(): { value: string; word: string }[] {
  options ??= getCountries()
    .map((country): { value: string; word: string } => ({ value: country, word: countryName(country) }))
    .sort((a, b) => a.word.localeCompare(b.word));
  return options;
}
