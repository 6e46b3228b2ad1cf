import { expect, test } from 'vitest';
import { normalizeOwnNumber } from './own-number';

test.each([
  ['+1 (202) 555-0199', null],
  ['001 202 555 0199', null],
  ['202 555 0199', 'US'],
])('%s with the country %s is a number', (text, country) => {
  expect(normalizeOwnNumber(text, country)).toMatchObject({ ok: true, phone: '+12025550199' });
});

test.each([
  ['202 555 0199', null, /\+ and the country code, or choose/],
  ['+1 202', null, /number of digits|not a phone number/],
  ['nobody', null, /only digits/],
  ['12', 'US', /number of digits|not a phone number/],
])('%s with the country %s is none, and says why without speaking of columns', (text, country, reason) => {
  const result = normalizeOwnNumber(text, country);
  expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(reason) as string });
  expect(JSON.stringify(result)).not.toContain('country_code');
});
