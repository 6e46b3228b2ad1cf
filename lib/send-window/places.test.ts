import { getCountries, getCountryCallingCode, type CountryCode } from 'libphonenumber-js/min';
import { expect, it } from 'vitest';
import { closedAt } from './closed';
import { clockAt } from './openings';
import { APART, placeOfNumber, placesByPrefix, prefixOf, zonesOf } from './places';
import { sendWindowSchema } from './schema';

const placeOf = (phone: string, code: number) => placesByPrefix().get(prefixOf(phone, code));

it.each([
  ['+4915112345678', 49, ['DE']],
  ['+919876543210', 91, ['IN']],
  ['+12125551234', 1, ['US']],
  ['+14165551234', 1, ['CA']],
  ['+18765551234', 1, ['JM']],
  ['+16715551234', 1, ['GU']],
  // Given to nobody: it may be in either.
  ['+15555551234', 1, ['US', 'CA']],
  ['+79161234567', 7, ['RU']],
  ['+77012345678', 7, ['KZ']],
  ['+262692123456', 262, ['RE']],
  ['+262639012345', 262, ['YT']],
  ['+61412345678', 61, ['AU']],
  ['+447911123456', 44, ['GB']],
  // Satellites and numbers of the whole world.
  ['+870773123456', 870, []],
  ['+80012345678', 800, []],
])('%s is found by its number', (phone, code, countries) => {
  expect(placeOf(phone, code)?.countries).toEqual(countries);
  expect(placeOfNumber(phone).countries).toEqual(countries);
});

it('every country that has phone numbers has a zone, and every calling code a place', () => {
  for (const country of getCountries()) {
    expect(zonesOf(country).length, country).toBeGreaterThan(0);
    expect(placesByPrefix().has(`+${getCountryCallingCode(country)}`), country).toBe(true);
  }
});

it('who shares a calling code that is not told apart shares the clocks, but for the islands under +61', () => {
  const winter = Date.UTC(2026, 0, 15, 12);
  const summer = Date.UTC(2026, 6, 15, 12);
  const byCode = new Map<string, CountryCode[]>();
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    byCode.set(code, [...(byCode.get(code) ?? []), country]);
  }
  for (const [code, countries] of byCode) {
    if (countries.length === 1 || Number(code) in APART || code === '61') continue;
    const zones = countries.flatMap(zonesOf);
    for (const at of [winter, summer]) expect(clockAt(zones, at), countries.join()).not.toBeNull();
  }
});

it('names who is closed at a moment, until the next change anywhere', () => {
  const window = sendWindowSchema.parse({ from: '09:00', to: '20:00' });
  const at = Date.UTC(2026, 10, 30, 8, 10);
  const closed = closedAt(window, at);
  const opensAt = new Map(closed.prefixes.map((prefix, i) => [prefix, closed.opensAt[i]]));
  expect(opensAt.has('+49')).toBe(false);
  expect(opensAt.has('+91')).toBe(false);
  expect(opensAt.get('+44')).toBe(Date.UTC(2026, 10, 30, 9));
  expect(opensAt.get('+1212')).toBe(Date.UTC(2026, 10, 30, 19));
  // By Greenwich, for want of anything else.
  expect(opensAt.get('+870')).toBe(Date.UTC(2026, 10, 30, 9));
  expect(closed.validUntil).toBeGreaterThan(at);
  // Nowhere does anything change before that.
  const before = closedAt(window, closed.validUntil - 1);
  expect([...before.prefixes].sort()).toEqual([...closed.prefixes].sort());
  expect(closedAt(window, closed.validUntil).prefixes).not.toEqual(closed.prefixes);
});
