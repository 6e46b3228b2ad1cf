import { describe, expect, it } from 'vitest';
import { asCounted, ratesOn, sumCosts, type Counted } from './sum';

const rate = (country: string, amount: string, valid_from: string, currency = 'USD') => ({
  country,
  category: 'marketing',
  currency,
  amount,
  valid_from,
});

const people = (country: string | null, count: number, callingCode: number | null = null) => ({
  country,
  callingCode,
  people: count,
});

const counted = (changes: Partial<Counted> = {}): Counted => ({
  country: 'IN',
  callingCode: 91,
  category: 'marketing',
  billable: true,
  type: 'regular',
  byConversation: false,
  messages: 10,
  ...changes,
});

describe('the rate of a day', () => {
  const rates = [
    rate('IN', '0.02', '2026-04-01'),
    rate('IN', '0.01', '2026-01-01'),
    rate('IN', '0.03', '2026-07-01'),
  ];

  it.each([
    ['2025-12-31', undefined],
    ['2026-01-01', '0.01'],
    ['2026-03-31', '0.01'],
    ['2026-04-01', '0.02'],
    ['2027-01-01', '0.03'],
  ])('%s is the latest that has begun', (day, amount) => {
    expect(ratesOn(rates, day).get('IN marketing')?.amount).toBe(amount);
  });
});

describe('an estimate', () => {
  it('is people × rate, by country, with what has no rate named and in no total', () => {
    const list = [people('IN', 1_000_000), people('BR', 3), people(null, 2)];
    const sum = sumCosts(
      asCounted(list, [{ category: 'marketing', weight: 1 }]),
      [rate('IN', '0.0137', '2026-01-01')],
      '2026-05-01',
    );
    expect(sum).toMatchObject({
      totals: [{ currency: 'USD', amount: '13700' }],
      billed: 1_000_005,
      unknown: 5,
      rates_of: '2026-01-01',
    });
    expect(sum.lines.map(({ country_name, amount, no_amount }) => [country_name, amount, no_amount])).toEqual(
      [
        ['India', '13700', null],
        ['Brazil', null, 'no_rate'],
        ['No single country', null, 'no_country'],
      ],
    );
  });

  it('takes no other category’s rate', () => {
    const sum = sumCosts(
      asCounted([people('IN', 1)], [{ category: 'utility', weight: 1 }]),
      [rate('IN', '1', '2026-01-01')],
      '2026-05-01',
    );
    expect(sum).toMatchObject({ totals: [], unknown: 1, rates_of: null });
  });

  it('of a test prices each part with its own category, and every country is split as all of them', () => {
    const places = Array.from({ length: 101 }, (_, i) => people(null, 1, 800 + i));
    const split = asCounted(
      [people('IN', 10), ...places, people('BR', 0)],
      [
        { category: 'marketing', weight: 34 },
        { category: 'utility', weight: 33 },
        { category: 'marketing', weight: 33 },
      ],
    );
    const sumOf = (category: string) =>
      split.filter((each) => each.category === category).reduce((sum, { messages }) => sum + messages, 0);
    // Of 111, 67 % and 33 %: one person in each of a hundred places does not all fall to the larger part.
    expect([sumOf('marketing'), sumOf('utility')]).toEqual([74, 37]);
    expect(split.every(({ messages }) => messages >= 0)).toBe(true);
    const sum = sumCosts(split, [rate('IN', '1', '2026-01-01')], '2026-05-01');
    expect(sum).toMatchObject({ totals: [{ amount: '7' }], billed: 111, unknown: 104 });
  });

  it('keeps currencies apart', () => {
    const rates = [rate('IN', '1', '2026-01-01'), rate('BR', '2', '2026-01-01', 'BRL')];
    const sum = sumCosts(
      asCounted([people('IN', 1), people('BR', 1)], [{ category: 'marketing', weight: 1 }]),
      rates,
      '2026-05-01',
    );
    expect(sum.totals).toEqual([
      { currency: 'BRL', amount: '2' },
      { currency: 'USD', amount: '1' },
    ]);
  });
});

describe('what was priced', () => {
  it('counts free ones as free, with the reason', () => {
    const rows = [counted(), counted({ billable: false, type: 'free_customer_service', messages: 4 })];
    const sum = sumCosts(rows, [rate('IN', '0.5', '2026-01-01')], '2026-05-01');
    expect(sum).toMatchObject({ billed: 10, free: 4, unknown: 0, totals: [{ amount: '5' }] });
    expect(sum.lines[1]).toMatchObject({ amount: null, no_amount: 'free', type: 'free_customer_service' });
  });

  it('by the conversation has no amount of its own', () => {
    const sum = sumCosts([counted({ byConversation: true })], [rate('IN', '1', '2026-01-01')], '2026-05-01');
    expect(sum).toMatchObject({ unknown: 10, totals: [] });
    expect(sum.lines[0]?.no_amount).toBe('by_conversation');
  });

  it('of before countries were kept goes by a calling code of one country, and guesses no other', () => {
    const rows = [counted({ country: null }), counted(), counted({ country: null, callingCode: 44 })];
    const sum = sumCosts(rows, [rate('IN', '1', '2026-01-01')], '2026-05-01');
    expect(sum.lines.map(({ country_name, messages }) => [country_name, messages])).toEqual([
      ['India', 20],
      ['Numbers with +44', 10],
    ]);
  });
});
