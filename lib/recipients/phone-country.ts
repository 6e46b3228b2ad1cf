import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Calling code → its one country; null where several share it. */
const COUNTRY_OF = new Map<string, string | null>();
for (const country of getCountries()) {
  const code = getCountryCallingCode(country);
  COUNTRY_OF.set(code, COUNTRY_OF.has(code) ? null : country);
}

/**
 * ISO 3166 alpha-2 of numbers in E.164 (browser-safe); null where a number belongs to no one country: an
 * international network, or a number no country has given out. Remembers the prefixes it has seen, for telling
 * which of the 25 countries behind +1 it is takes 20 µs.
 */
export class CountryFinder {
  readonly #ofPrefix = new Map<string, string | null>();

  of(phone: string): string | null {
    for (let digits = 1; digits <= 3; digits += 1) {
      const country = COUNTRY_OF.get(phone.slice(1, 1 + digits));
      if (country) return country;
      if (country === null) return this.#ofShared(phone);
    }
    return null;
  }

  #ofShared(phone: string): string | null {
    const prefix = prefixOf(phone);
    if (prefix === null) return parseCountry(phone);
    const known = this.#ofPrefix.get(prefix);
    if (known !== undefined) return known;
    const country = parseCountry(phone);
    this.#ofPrefix.set(prefix, country);
    return country;
  }
}

/** Area code and one digit more decide under +1, but for personal numbers, where it takes up to seven. */
function prefixOf(phone: string): string | null {
  return /^\+1(?!52[34])\d{10}$/.test(phone) ? phone.slice(0, 6) : null;
}

function parseCountry(phone: string): string | null {
  return parsePhoneNumberFromString(phone, { extract: false })?.country ?? null;
}
