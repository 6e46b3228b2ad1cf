import fc from 'fast-check';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { normalizePhone } from './phone';
import { CountryFinder } from './phone-country';

const finder = new CountryFinder();

describe('the country of a number', () => {
  it.each([
    ['+4915112345678', 'DE'],
    ['+14155550123', 'US'],
    ['+14165550123', 'CA'],
    ['+12425550123', 'BS'],
    ['+447400123456', 'GB'],
    ['+77011234567', 'KZ'],
    ['+79161234567', 'RU'],
    ['+390612345678', 'IT'],
    ['+11234567890', null],
    ['+88299123456', null],
    ['+999123', null],
  ])('%s is %s', (phone, country) => {
    expect(finder.of(phone)).toBe(country);
    expect(finder.of(phone)).toBe(country);
  });

  it('under +1 is the one libphonenumber says, also when a number of the same area came before', () => {
    const digits = fc.integer({ min: 0, max: 9_999_999 }).map((n) => String(n).padStart(7, '0'));
    const area = fc.oneof(fc.integer({ min: 100, max: 999 }), fc.constantFrom(242, 500, 523, 524, 800, 983));
    fc.assert(
      fc.property(area, digits, (code, rest) => {
        const phone = `+1${code}${rest}`;
        expect(finder.of(phone)).toBe(parsePhoneNumberFromString(phone, { extract: false })?.country ?? null);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('the country that normalizePhone learns on the way', () => {
  it('is the same that is found by the number alone, for every country', () => {
    for (const country of getCountries()) {
      const example = getExampleNumber(country, examples);
      if (!example) continue;
      const written = { phoneNumber: example.nationalNumber, countryCode: country };
      for (const input of [{ phoneNumber: example.number }, written]) {
        const result = normalizePhone(input);
        if (result.ok && result.country !== undefined)
          expect(result.country, `${country} ${result.phone}`).toBe(finder.of(result.phone));
      }
    }
  });
});
