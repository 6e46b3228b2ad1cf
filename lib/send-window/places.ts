import {
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/min';
import metadata from 'libphonenumber-js/min/metadata';

/** Where a number is taken to be: its countries, mostly one, and their zones (IANA names). */
export interface Place {
  /** ISO 3166 alpha-2; none: a number of the whole world. */
  countries: readonly string[];
  zones: readonly string[];
}

/**
 * Calling codes of countries whose clocks differ: so many digits after the code tell which, by libphonenumber. What they
 * don't tell is in all of `otherwise`. The countries behind any other shared code show the same time, but for the
 * two islands under Australia's, whose mobile numbers look like Australia's: they are taken for those.
 */
export const APART: Readonly<
  Record<number, { digits: number; sample: string; otherwise: readonly string[] }>
> = {
  1: { digits: 3, sample: '2345678', otherwise: ['US', 'CA'] },
  7: { digits: 1, sample: '012345678', otherwise: ['RU', 'KZ'] },
  262: { digits: 3, sample: '012345', otherwise: ['RE', 'YT'] },
};

/** Digits of a calling code, at most. */
const LONGEST_CODE = 3;

/** Countries of phone numbers to which the zone data gives no zone, and one whose clocks they share. */
const ZONE_OF: Readonly<Record<string, string>> = {
  AC: 'Atlantic/St_Helena',
  TA: 'Atlantic/St_Helena',
  XK: 'Europe/Belgrade',
};

/** A number of no country (satellites, +800): nothing says where it is. */
const NOWHERE: Place = { countries: [], zones: ['UTC'] };

let places: ReadonlyMap<string, Place> | undefined;

/**
 * Where every number is, by the longest of these that it begins with: `+49`, or with the digits that tell apart,
 * `+1212`. Made at the first use, in some 100 ms.
 */
export function placesByPrefix(): ReadonlyMap<string, Place> {
  places ??= makePlaces();
  return places;
}

/** What a number in E.164 begins with that says where it is, as the statements tell it too (window-hold.ts). */
export function prefixOf(phone: string, callingCode: number): string {
  const long = phone.slice(0, prefixLength(callingCode));
  return placesByPrefix().has(long) ? long : `+${callingCode}`;
}

/** The same for one number in E.164, without all the others; nowhere also where it begins with no calling code. */
export function placeOfNumber(phone: string): Place {
  for (let end = 2; end <= 1 + LONGEST_CODE; end += 1) {
    const code = phone.slice(1, end);
    const [main] = metadata.country_calling_codes[code] ?? [];
    if (!main) continue;
    const apart = APART[Number(code)];
    if (!apart) return placeOf([main]);
    const country = countryApart(code, phone.slice(end, end + apart.digits));
    return placeOf(country ? [country] : apart.otherwise);
  }
  return NOWHERE;
}

/** Of a prefix that tells a calling code's countries apart, with the plus; 0: the code alone decides. */
export function prefixLength(callingCode: number): number {
  const apart = APART[callingCode];
  return apart ? 1 + String(callingCode).length + apart.digits : 0;
}

/** The zones of a country, by the zone data of this Node. */
export function zonesOf(country: string): readonly string[] {
  const single = ZONE_OF[country];
  if (single) return [single];
  // The property became a method: Node 20 has the one, newer ones the other.
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    timeZones?: string[];
    getTimeZones?: () => string[] | undefined;
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/** Every country there are phone numbers of, and ZZ for the numbers of none. */
export function everyCountry(): readonly string[] {
  return [...getCountries(), 'ZZ'];
}

/** A country by its code; any other text is nowhere. */
export function placeOfCountry(country: string): Place {
  return (getCountries() as string[]).includes(country) ? placeOf([country]) : NOWHERE;
}

function placeOf(countries: readonly string[]): Place {
  return { countries, zones: countries.flatMap(zonesOf) };
}

/** Which of the countries behind a code of APART, by the digits that follow it. */
function countryApart(code: string, digits: string): CountryCode | undefined {
  const sample = APART[Number(code)]?.sample ?? '';
  return parsePhoneNumberFromString(`+${code}${digits}${sample}`, { extract: false })?.country;
}

function makePlaces(): Map<string, Place> {
  const found = new Map<string, Place>();
  for (const code of Object.keys(metadata.nonGeographic ?? {})) found.set(`+${code}`, NOWHERE);
  const ofCountry = new Map<string, Place>();
  for (const country of getCountries()) {
    ofCountry.set(country, placeOf([country]));
    const code = getCountryCallingCode(country);
    // The country a shared code belongs to first, as libphonenumber has it.
    const [main = country] = metadata.country_calling_codes[code] ?? [];
    if (main === country) found.set(`+${code}`, placeOf([country]));
  }
  for (const [code, { digits, otherwise }] of Object.entries(APART)) {
    found.set(`+${code}`, placeOf(otherwise));
    for (let n = 0; n < 10 ** digits; n += 1) {
      const after = String(n).padStart(digits, '0');
      const country = countryApart(code, after);
      const place = country && ofCountry.get(country);
      if (place) found.set(`+${code}${after}`, place);
    }
  }
  return found;
}
