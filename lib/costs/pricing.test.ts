import { describe, expect, it } from 'vitest';
import { parsePriced, parsePricing, readPricing } from './pricing';

const said = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing' };

describe('readPricing', () => {
  it.each([
    [said, 'b regular marketing'],
    [{ ...said, billable: false, type: 'free_entry_point' }, 'f free_entry_point marketing'],
    [{ ...said, category: 'MARKETING_LITE' }, 'b regular marketing_lite'],
    [{ billable: true, pricing_model: 'CBP', category: 'utility' }, 'b unspecified utility cbp'],
  ])('keeps what was said: %j', (raw, text) => {
    expect(readPricing(raw)).toBe(text);
  });

  it.each([
    null,
    'marketing',
    {},
    { ...said, billable: 'yes' },
    { ...said, category: undefined },
    { ...said, category: 'a,b' },
    { ...said, category: 'x'.repeat(41) },
  ])('says nothing for %j', (raw) => {
    expect(readPricing(raw)).toBeNull();
  });

  it('is read back', () => {
    for (const raw of [
      said,
      { billable: false, pricing_model: 'CBP', type: 'regular', category: 'service' },
    ]) {
      expect(parsePricing(readPricing(raw) ?? '')).toEqual({
        billable: raw.billable,
        type: raw.type,
        category: raw.category,
        model: raw.pricing_model.toLowerCase(),
      });
    }
  });
});

it('the entries of a recipient are by attempt', () => {
  expect(parsePriced('10 b regular marketing,2 f free_entry_point marketing')).toMatchObject([
    { attempt: 2, pricing: { billable: false } },
    { attempt: 10, pricing: { billable: true } },
  ]);
  expect(parsePriced(null)).toEqual([]);
});
