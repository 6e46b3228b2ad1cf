import { expect, test } from 'vitest';
import { MAX_ATTEMPTS, waitAfter } from './retries';

const attempts = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, i) => i + 1);

test('the pauses grow, from seconds to hours, over about a day', () => {
  const waits = attempts.map((n) => waitAfter(n, 0.5) ?? 0);
  expect(waits[0]).toBe(5_000);
  for (const [i, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(waits[i - 1] ?? 0);
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(23);
  expect(hours).toBeLessThan(25);
});

test('after the last attempt there is no other', () => {
  expect(waitAfter(MAX_ATTEMPTS)).toBeNull();
  expect(waitAfter(MAX_ATTEMPTS + 5)).toBeNull();
});

test('those that failed together are spread by a tenth, never more', () => {
  for (const n of attempts) {
    const middle = waitAfter(n, 0.5) ?? 0;
    expect(waitAfter(n, 0)).toBeCloseTo(middle * 0.9, -1);
    expect(waitAfter(n, 1)).toBeCloseTo(middle * 1.1, -1);
  }
});
