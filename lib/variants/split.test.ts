import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { variantOf, type Split } from './split';

const PEOPLE = 8_000;
const phoneOf = (i: number) => `+1202${String(5_550_000 + i)}`;

function counted(split: Split): Map<number | null, number> {
  const counts = new Map<number | null, number>();
  for (let i = 0; i < PEOPLE; i += 1) {
    const variant = variantOf(split, phoneOf(i));
    counts.set(variant, (counts.get(variant) ?? 0) + 1);
  }
  return counts;
}

/** Chi-square of counts against shares of them all: 4 degrees of freedom at most; 27.9 is exceeded once in 80,000. */
function chiSquare(counts: readonly number[], shares: readonly number[]): number {
  const all = counts.reduce((sum, n) => sum + n, 0);
  return counts.reduce((sum, n, i) => {
    const expected = (all * (shares[i] ?? 0)) / 100;
    return sum + (n - expected) ** 2 / expected;
  }, 0);
}

const SEED = '5f0f3c36-3f1c-4a5e-9d0c-6a3a6e3b7c11';

test.each([[[50, 50]], [[90, 10]], [[34, 33, 33]], [[10, 20, 30, 40]]])(
  'consecutive numbers are split by the shares %j',
  (shares) => {
    const counts = counted({ seed: SEED, shares });
    expect(
      chiSquare(
        shares.map((_, i) => counts.get(i + 1) ?? 0),
        shares,
      ),
    ).toBeLessThan(27.9);
    expect(counts.get(null)).toBeUndefined();
  },
);

test('the same number gets the same message however often, and in another campaign perhaps another', () => {
  const split = { seed: SEED, shares: [50, 50] };
  const first = Array.from({ length: 1000 }, (_, i) => variantOf(split, phoneOf(i)));
  const again = Array.from({ length: 1000 }, (_, i) => variantOf(split, phoneOf(999 - i))).reverse();
  expect(again).toEqual(first);
  const other = first.filter(
    (variant, i) => variantOf({ ...split, seed: randomUUID() }, phoneOf(i)) !== variant,
  );
  expect(other.length).toBeGreaterThan(350);
  expect(other.length).toBeLessThan(650);
});

test('the hold-back has its share, and says nothing of who gets which message', () => {
  const shares = [30, 70];
  const counts = counted({ seed: SEED, shares, testPercent: 20 });
  const [a = 0, b = 0] = [counts.get(1), counts.get(2)];
  expect(chiSquare([a + b, counts.get(null) ?? 0], [20, 80])).toBeLessThan(27.9);
  expect(chiSquare([a, b], shares)).toBeLessThan(27.9);
  // Who is of the test gets what they would have got without one.
  for (let i = 0; i < 500; i += 1) {
    const tested = variantOf({ seed: SEED, shares, testPercent: 20 }, phoneOf(i));
    if (tested !== null) expect(tested).toBe(variantOf({ seed: SEED, shares }, phoneOf(i)));
  }
});
