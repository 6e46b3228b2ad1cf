import { describe, expect, it } from 'vitest';
import { leftOf, placeOf, planOf } from './plan';

describe('a list under a daily limit', () => {
  it.each([
    [12_480, { limit: 10_000, used: 1_200 }, { today: 8_800, rest: 3_680, days: 1 }],
    [40_000, { limit: 10_000, used: 0 }, { today: 10_000, rest: 30_000, days: 3 }],
    [10_000, { limit: 10_000, used: 0 }, { today: 10_000, rest: 0, days: 0 }],
    [10_001, { limit: 10_000, used: 0 }, { today: 10_000, rest: 1, days: 1 }],
    [5, { limit: 250, used: 250 }, { today: 0, rest: 5, days: 1 }],
    // The limit was lowered under what is used.
    [5, { limit: 250, used: 2_000 }, { today: 0, rest: 5, days: 1 }],
  ])('%d people under %o go like %o', (people, quota, plan) => {
    expect(planOf(people, quota)).toEqual(plan);
  });

  it('never has less than nothing left', () => {
    expect(leftOf({ limit: 250, used: 2_000 })).toBe(0);
    expect(leftOf({ limit: 2_000, used: 250 })).toBe(1_750);
  });
});

describe('the place of somebody who waits', () => {
  it('is that of who was written to first, one after the other', () => {
    const quota = { limit: 100, used: 100 };
    expect(placeOf(1, quota)).toEqual({ entry: 0, days: 0 });
    expect(placeOf(100, quota)).toEqual({ entry: 99, days: 0 });
    expect(placeOf(101, quota)).toEqual({ entry: 0, days: 1 });
    expect(placeOf(250, quota)).toEqual({ entry: 49, days: 2 });
  });

  it('is that of somebody written to only now where few have been so far', () => {
    const quota = { limit: 100, used: 10 };
    expect(placeOf(10, quota)).toEqual({ entry: 9, days: 0 });
    expect(placeOf(11, quota)).toEqual({ entry: null, days: 0 });
  });

  it('comes only after those too many, when the limit was lowered', () => {
    const quota = { limit: 100, used: 130 };
    expect(placeOf(1, quota)).toEqual({ entry: 30, days: 0 });
    expect(placeOf(100, quota)).toEqual({ entry: 129, days: 0 });
    expect(placeOf(101, quota)).toEqual({ entry: 30, days: 1 });
  });
});
