import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMicros, isDecimal, moneyWords, sumByCurrency, toMicros } from './money';

describe('amounts', () => {
  it('take no binary fraction on the way: a million at 0.0137 is 13,700', () => {
    expect(fromMicros(1_000_000n * toMicros('0.0137'))).toBe('13700');
    expect(fromMicros(3n * toMicros('0.1'))).toBe('0.3');
    expect(fromMicros(toMicros('999999.999999') * 10_000_000n)).toBe('9999999999990');
  });

  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999n }), (micros) => {
        expect(toMicros(fromMicros(micros))).toBe(micros);
      }),
    );
  });

  it.each(['', '-1', '1e3', '.5', '1.', '01', '0,5', '1.1234567', '1000000', 'NaN', ' 1'])(
    'refuse %j',
    (text) => {
      expect(isDecimal(text)).toBe(false);
      expect(() => toMicros(text)).toThrow(RangeError);
    },
  );

  it('of different currencies are not added up', () => {
    const parts = [
      { currency: 'USD', micros: toMicros('1.5') },
      { currency: 'EUR', micros: toMicros('2') },
      { currency: 'USD', micros: toMicros('0.25') },
    ];
    expect(sumByCurrency(parts)).toEqual([
      { currency: 'EUR', amount: '2' },
      { currency: 'USD', amount: '1.75' },
    ]);
  });

  it('are written with their thousands, and every digit there is', () => {
    expect(moneyWords({ currency: 'USD', amount: '1204567.5' })).toBe('USD 1,204,567.50');
    expect(moneyWords({ currency: 'EUR', amount: '0.0137' })).toBe('EUR 0.0137');
  });
});
