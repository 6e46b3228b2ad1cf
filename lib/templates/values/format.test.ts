import { describe, expect, it } from 'vitest';
import { parseAmount, shownValues, valueWriter } from './format';

describe('an amount is read as lists write it', () => {
  it.each([
    ['84', 'USD', 84_000],
    ['84.5', 'USD', 84_500],
    ['1,234.50', 'USD', 1_234_500],
    ['1.234,50 €', 'USD', 1_234_500],
    ['1 234,50', 'USD', 1_234_500],
    ['1,234', 'USD', 1_234_000],
    ['EUR 84', 'EUR', 84_000],
    ['84,5 EUR', 'EUR', 84_500],
    ['$ -3', 'USD', -3_000],
    ['0.1', 'USD', 100],
  ])('%s', (text, code, thousandths) => {
    expect(parseAmount(text, 'USD')).toEqual({ code, thousandths });
  });

  it.each(['', 'free', '1.2345', '1,23,4', '12 34', '3000000', '1e3'])('%j is none', (text) => {
    expect(parseAmount(text, 'USD')).toBeNull();
  });
});

it('dates are written in the language of the template, at the hour they say', () => {
  expect(valueWriter('es').dateTime('2030-12-01')).toBe('1 de diciembre de 2030');
  expect(valueWriter('en_US').dateTime('2030-12-01T18:30:00+05:00')).toMatch(/December 1, 2030.*6:30/);
  expect(valueWriter('en_US').dateTime('next Tuesday')).toBe('next Tuesday');
  expect(valueWriter('zz_!!').dateTime('2030-13-45')).toBe('2030-13-45');
});

it('what a person will read has its amounts and dates written out', () => {
  const params = { body_param_1: '84.5', body_param_2: 'soon', body_param_3: 'Ana' };
  expect(
    shownValues(
      params,
      { body_param_1: { type: 'currency', code: 'EUR' }, body_param_2: { type: 'date_time' } },
      'en',
    ),
  ).toEqual({ ...params, body_param_1: '€84.50' });
  expect(shownValues(params, {}, 'en')).toBe(params);
});
