import { describe, expect, it } from 'vitest';
import { lastWithPrefix, readPhoneSearch } from './phone-search';

describe('a search for a phone', () => {
  it.each([
    ['+1 (202) 555-0123', '+12025550123'],
    ["'+1 202", '+1202'],
    ['0044 7911', '+447911'],
    ['+44 (0) 7911', '+447911'],
    ['٠٠٤٤ ٧٩١١', '+447911'],
    ['＋1202', '+1202'],
  ])('%s is the beginning of a number', (typed, prefix) => {
    expect(readPhoneSearch(typed)).toEqual({ kind: 'prefix', prefix });
  });

  it.each([
    ['07911 123456', '7911123456'],
    ['555-0123', '5550123'],
    ['0', '0'],
  ])('%s is digits of a number without its country', (typed, digits) => {
    expect(readPhoneSearch(typed)).toEqual({ kind: 'digits', digits });
  });

  it.each(['Ana', '+', 'n° 12', '12%'])('%s is not a phone', (typed) => {
    expect(readPhoneSearch(typed)).toEqual({ kind: 'text', text: typed.normalize('NFKC') });
  });

  it('of blanks asks for nothing', () => {
    expect(readPhoneSearch('  ')).toBeUndefined();
  });

  it('ends after the last number that begins so', () => {
    expect(lastWithPrefix('+1202')).toBe('+120299999999999');
    expect(lastWithPrefix('+120255501239999')).toBe('+120255501239999');
  });
});
