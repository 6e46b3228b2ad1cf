import fc from 'fast-check';
import { parsePhoneNumberFromString as parseWithMax } from 'libphonenumber-js/max';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { normalizePhone, parseCountry } from './phone';

const e164 = (phoneNumber: string, countryCode?: string, defaultCountry?: string) => {
  const result = normalizePhone({
    phoneNumber,
    countryCode,
    defaultCountry: defaultCountry ? parseCountry(defaultCountry) : undefined,
  });
  return result.ok ? result.phone : `${result.field}: ${result.reason}`;
};

const country = fc.constantFrom(...getCountries());
const digits = fc.stringMatching(/^[0-9]{4,14}$/);

describe('a phone number is understood', () => {
  it.each([
    ['+1 (123) 456-7890', undefined, '+11234567890'],
    ['1234567890', '+1', '+11234567890'],
    ['1234567890', '1', '+11234567890'],
    ['+11234567890', '+1', '+11234567890'],
    ['07911 123456', '0044', '+447911123456'],
    ['07911.123456', 'gb', '+447911123456'],
    ['07911123456', 'UK', '+447911123456'],
    ['1234567890', '1.0', '+11234567890'],
    ['00966 50 123 4567', undefined, '+966501234567'],
    ['+44 (0)7911 123456', undefined, '+447911123456'],
    ['٠٥٠١٢٣٤٥٦٧', 'SA', '+966501234567'],
    ['+۹۸۹۱۲۳۴۵۶۷۸۹', undefined, '+989123456789'],
    ['\u202a+44 7911 123456\u202c', undefined, '+447911123456'],
    ["'+919876543210", undefined, '+919876543210'],
    ['＋９１ ９８７６５ ４３２１０', undefined, '+919876543210'],
    ['919876543210.0', 'IN', '+919876543210'],
    ['919876543210', '+91', '+919876543210'],
    ['tel:+447911123456', undefined, '+447911123456'],
    ['+39 06 1234567', undefined, '+39061234567'],
    ['+15550001234', undefined, '+15550001234'],
  ])('%s with country %s is %s', (phone, code, expected) => {
    expect(e164(phone, code)).toBe(expected);
  });

  it('by the default country when the row names none, and by the row when it does', () => {
    expect(e164('07911 123456', undefined, 'GB')).toBe('+447911123456');
    expect(e164('07911 123456', '  ', 'GB')).toBe('+447911123456');
    expect(e164('9876543210', '+91', 'GB')).toBe('+919876543210');
    expect(e164('+919876543210', undefined, 'GB')).toBe('+919876543210');
  });
});

describe('digits that begin with the calling code of the default country', () => {
  it.each([
    ['DE', '4915112345678', '+4915112345678'],
    ['DE', '49301234567', '+49301234567'],
    ['US', '12025550123', '+12025550123'],
    ['US', '1234567890', '+11234567890'],
    ['US', '15550001234', '+15550001234'],
    ['IN', '919876543210', '+919876543210'],
    ['IN', '9198765432', '+919198765432'],
    ['BR', '5511987654321', '+5511987654321'],
    ['GB', '447911123456', '+447911123456'],
    ['GB', '4479111234', '+444479111234'],
    ['IT', '393123456789', '+393123456789'],
    ['IT', '3931234567', '+393931234567'],
  ])('in %s %s can only be %s', (iso, written, expected) => {
    expect(e164(written, undefined, iso)).toBe(expected);
  });

  it.each([
    ['DE', '4915112345'],
    ['BR', '5532221234'],
    ['IN', '9112345678'],
    ['BR', '55999991234'],
  ])('in %s %s may be two people’s: it is refused, unless the row says which', (iso, written) => {
    const code = getCountryCallingCode(iso as 'DE');
    expect(e164(written, undefined, iso)).toBe(
      `phone_number: This may be +${code}${written} or +${written}: write it with + and the country code, or fill in country_code.`,
    );
    expect(e164(`+${written}`, undefined, iso)).toBe(`+${written}`);
    expect(e164(written, iso)).toBe(`+${code}${written}`);
  });
});

describe('a phone number is refused, and the reason says what to do', () => {
  it.each(['9.19877E+11', '9,19877e+11', '9E11'])('%s was shortened by Excel', (phone) => {
    expect(e164(phone, '+91')).toContain('Excel shortened this number: format the column as Text');
  });

  it.each([
    ['', undefined, 'phone_number: The phone number is missing.'],
    ['   ', undefined, 'phone_number: The phone number is missing.'],
    ['9876543210', undefined, 'phone_number: The number has no country'],
    ['9876543210', 'Narnia', 'country_code: This is not a country code'],
    ['9876543210', '+999', 'country_code: This is not a country code'],
    ['12345', '+91', 'phone_number: This is not a possible phone number for +91'],
    ['+1 555', undefined, 'phone_number: This is not a'],
    ['+999123456789', undefined, 'phone_number: This is not a phone number'],
    ['+447911123456 / +447911123457', undefined, 'phone_number: A phone number has only digits'],
    ['+1-800-FLOWERS', undefined, 'phone_number: A phone number has only digits'],
    ['+1 202 555 0123 ext. 4', undefined, 'phone_number: A phone number has only digits'],
    ['+4990000000000000', undefined, 'phone_number: This is not a possible'],
    ['n/a', '+1', 'phone_number: A phone number has only digits'],
    ['__proto__', '+1', 'phone_number: A phone number has only digits'],
  ])('%s with country %s', (phone, code, expected) => {
    expect(e164(phone, code)).toContain(expected);
  });
});

describe('whatever is written', () => {
  it('an accepted number normalises to itself', () => {
    fc.assert(
      fc.property(country, digits, fc.constantFrom('plus', 'code', 'iso', 'default'), (iso, number, how) => {
        const code = getCountryCallingCode(iso);
        const result = normalizePhone({
          phoneNumber: how === 'plus' ? `+${code}${number}` : number,
          countryCode: how === 'code' ? `+${code}` : how === 'iso' ? iso : undefined,
          defaultCountry: how === 'default' ? iso : undefined,
        });
        if (!result.ok) return;
        expect(result.phone).toMatch(/^\+[1-9]\d{4,14}$/);
        expect(result.phone.startsWith(`+${result.callingCode}`)).toBe(true);
        expect(normalizePhone({ phoneNumber: result.phone })).toEqual(result);
      }),
      { numRuns: 3000 },
    );
  });

  it('full metadata find the same numbers possible, so browser and server agree', () => {
    fc.assert(
      fc.property(country, digits, (defaultCountry, number) => {
        const ours = normalizePhone({ phoneNumber: number, defaultCountry });
        const written = ours.ok && ours.phone === `+${number}` ? ours.phone : number;
        const full = parseWithMax(written, { defaultCountry, extract: false });
        if (!ours.ok || number.startsWith('00')) return;
        expect(full?.number).toBe(ours.phone);
        expect(full?.isPossible()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('the short cut for +1 says what the library says', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{10}$/), (national) => {
        const full = parseWithMax(`+1${national}`, { extract: false });
        expect(full?.isPossible()).toBe(true);
        expect(normalizePhone({ phoneNumber: `+1${national}` })).toEqual({
          ok: true,
          phone: full?.number,
          callingCode: 1,
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('any text is answered without a throw', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (phoneNumber, countryCode) => {
          normalizePhone({ phoneNumber, countryCode });
        },
      ),
    );
  });

  it.each([
    ['digits', '1'.repeat(1_000_000)],
    ['plus signs', '+'.repeat(1_000_000)],
    ['brackets', '('.repeat(1_000_000)],
    ['apostrophes', "'".repeat(1_000_000)],
    ['exponents', `${'9'.repeat(500_000)}e${'9'.repeat(500_000)}`],
  ])('a megabyte of %s costs less than 50 ms', (_, text) => {
    const start = performance.now();
    expect(normalizePhone({ phoneNumber: text, countryCode: text }).ok).toBe(false);
    expect(normalizePhone({ phoneNumber: '123456789', countryCode: text }).ok).toBe(false);
    expect(performance.now() - start).toBeLessThan(50);
  });
});
