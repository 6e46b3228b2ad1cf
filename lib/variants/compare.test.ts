import { expect, test } from 'vitest';
import { compareVariants, leastDifference, type Compared } from './compare';
import { VARIANT_KEYS } from './keys';

/** Groups of so many delivered, of whom so many read. */
function groups(...shares: [read: number, delivered: number][]): Compared[] {
  return shares.map(([read, delivered], i) => ({
    key: VARIANT_KEYS[i] ?? 'A',
    ...{ sent: delivered, delivered, read, failed: 0, replied: 0 },
  }));
}

// Newcombe 1998, table II, method 10: his differences are the first share less the second.
test.each([
  [[56, 70], [48, 80], 0.2, 0.0524, 0.3339],
  [[9, 10], [3, 10], 0.6, 0.1705, 0.809],
  [[10, 10], [0, 20], 1, 0.6791, 1],
] as const)('%j against %j is the published interval', (one, other, difference, low, high) => {
  const [found] = compareVariants(groups([...other], [...one]), 'read').differences;
  expect(found?.difference).toBeCloseTo(difference, 4);
  expect(found?.low).toBeCloseTo(low, 3);
  expect(found?.high).toBeCloseTo(high, 3);
});

test('a clear difference is named by its direction, seen from the first message', () => {
  expect(compareVariants(groups([300, 1000], [400, 1000]), 'read')).toMatchObject({
    leader: 'B',
    differences: [{ key: 'B', verdict: 'higher' }],
  });
  expect(compareVariants(groups([400, 1000], [300, 1000]), 'read')).toMatchObject({
    leader: 'A',
    differences: [{ key: 'B', verdict: 'lower' }],
  });
});

test('an interval with 0 in it may be chance, and the larger share leads all the same', () => {
  expect(compareVariants(groups([300, 1000], [320, 1000]), 'read')).toMatchObject({
    leader: 'B',
    differences: [{ verdict: 'may_be_chance' }],
  });
});

test('below a hundred people in either group it is not enough, however large the difference', () => {
  expect(compareVariants(groups([0, 99], [99, 99]), 'read').differences[0]?.verdict).toBe('not_enough');
  expect(compareVariants(groups([0, 100], [100, 100]), 'read').differences[0]?.verdict).toBe('higher');
  expect(compareVariants(groups([0, 0], [0, 0]), 'read')).toMatchObject({
    leader: null,
    differences: [{ difference: null, verdict: 'not_enough' }],
  });
});

test('with more messages the same difference needs more: what two would prove, four do not', () => {
  const two = compareVariants(groups([500, 1000], [545, 1000]), 'read').differences[0];
  const four = compareVariants(groups([500, 1000], [545, 1000], [500, 1000], [500, 1000]), 'read')
    .differences[0];
  expect(two?.verdict).toBe('higher');
  expect(four?.verdict).toBe('may_be_chance');
});

test('each measure is of those it can be of', () => {
  const variants = [
    { key: 'A' as const, sent: 90, delivered: 80, read: 40, failed: 10, replied: 8 },
    { key: 'B' as const, sent: 95, delivered: 5, read: 0, failed: 5, replied: 7 },
  ];
  const of = (measure: 'delivered' | 'read' | 'reply') => compareVariants(variants, measure).shares;
  expect(of('delivered')[0]).toMatchObject({ count: 80, of: 100 });
  expect(of('read')[0]).toMatchObject({ count: 40, of: 80 });
  expect(of('reply')[0]).toMatchObject({ count: 8, of: 80 });
  // Replies without a report of delivery are no share above 1.
  expect(of('reply')[1]).toMatchObject({ count: 5, of: 5, share: 1 });
});

test('what groups could show before they are sent to is what the comparison says of them afterwards', () => {
  const least = leastDifference([1000, 1000]) ?? 0;
  // About 1.96 × √(2 × 0.25 / 1000).
  expect(least).toBeCloseTo(0.0436, 3);
  const verdictAt = (points: number) =>
    compareVariants(groups([500 - points * 5, 1000], [500 + points * 5, 1000]), 'read').differences[0]
      ?.verdict;
  expect([verdictAt(least * 100 - 0.4), verdictAt(least * 100 + 0.4)]).toEqual(['may_be_chance', 'higher']);
  expect(leastDifference([1000, 200])).toBeGreaterThan(least);
  expect(leastDifference([1000, 1000, 1000])).toBeGreaterThan(least);
  expect(leastDifference([1000, 99])).toBeNull();
  expect(leastDifference([1000])).toBeNull();
});
