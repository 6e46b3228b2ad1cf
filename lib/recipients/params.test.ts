import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paramsOf, sanitizeText } from './params';

describe('a text parameter', () => {
  it.each([
    ['  Ana  ', 'Ana'],
    ['a\r\nb\tc', 'a b c'],
    ['a    b', 'a    b'],
    ['a     b', 'a b'],
    ['a \n \n \n b', 'a b'],
    ['\u2028', ''],
  ])('%j is sent as %j', (text, sent) => {
    expect(sanitizeText(text)).toBe(sent);
  });

  it('never holds what WhatsApp refuses, and sanitising twice changes nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\t', '\r', '\v', '\u0085') }),
        (text) => {
          const clean = sanitizeText(text);
          expect(clean).not.toMatch(/[\n\t\r]| {5}/);
          expect(sanitizeText(clean)).toBe(clean);
        },
      ),
    );
  });
});

const from = (column: number | null, text = '') => ({ column, text });

it('a text stands for everybody without a column, and where the column is empty', () => {
  const mapping = {
    body_param_1: from(0, 'friend'),
    body_param_2: from(null, ' 20 % '),
    body_param_3: from(1, 'x'),
  };
  expect(paramsOf(['\n', 'Ana'], mapping)).toEqual({
    body_param_1: 'friend',
    body_param_2: '20 %',
    body_param_3: 'Ana',
  });
});

it('parameters are taken from their columns; empty ones and missing cells are left out', () => {
  const mapping = {
    body_param_1: from(2),
    body_param_2: from(0),
    header_param_1: from(1),
    button_url_param: from(9),
  };
  expect(paramsOf(['Ana\n', ' ', 'x'], mapping)).toEqual({ body_param_1: 'x', body_param_2: 'Ana' });
});
