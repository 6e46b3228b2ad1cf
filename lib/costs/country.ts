import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';

// Browser-safe.

const names = new Intl.DisplayNames('en', { type: 'region' });

/** `Germany` of `DE`. */
export function countryNameOf(country: string): string {
  return names.of(country) ?? country;
}

export interface Place {
  country: string | null;
  country_name: string;
}

/**
 * What a count by country and calling code is of. Without a country the calling code tells it where only one has it;
 * of the others no country is guessed: `Numbers with +44`.
 */
export function placeOf(country: string | null, callingCode: number | null): Place {
  const known = country ?? (callingCode === null ? null : onlyCountryOf(callingCode));
  if (known !== null) return { country: known, country_name: countryNameOf(known) };
  return {
    country: null,
    country_name: callingCode === null ? 'No single country' : `Numbers with +${callingCode}`,
  };
}

function onlyCountryOf(callingCode: number): string | null {
  const [one, other] = getCountries().filter((each) => getCountryCallingCode(each) === String(callingCode));
  return one !== undefined && other === undefined ? one : null;
}
