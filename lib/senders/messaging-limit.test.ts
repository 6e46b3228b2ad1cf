import { expect, it } from 'vitest';
import { dailyLimitOf } from './messaging-limit';

it.each([
  ['TIER_50', 50],
  ['TIER_250', 250],
  ['TIER_1K', 1000],
  ['TIER_100K', 100_000],
  ['TIER_UNLIMITED', null],
  ['TIER_NEW_WORD', null],
  [null, null],
])('%s allows %s people a day', (word, people) => {
  expect(dailyLimitOf(word)).toBe(people);
});
