import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SlidingWindow } from './sliding-window';

function windowOf(limit: number): SlidingWindow {
  const window = new SlidingWindow(1000);
  window.resize(limit);
  return window;
}

/** Starts at each wanted time, or as soon after as allowed. */
function run(window: SlidingWindow, wanted: number[]): number[] {
  let now = 0;
  return wanted.map((gap) => {
    now = Math.max(now + gap, window.earliestStart());
    window.recordStart(now);
    return now;
  });
}

function busiest(starts: number[], windowMs: number): number {
  return Math.max(...starts.map((s) => starts.filter((t) => t >= s && t < s + windowMs).length));
}

test('no window ever holds more than the limit, however the starts are wanted', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 100 }),
      (limit, gaps) => {
        expect(busiest(run(windowOf(limit), gaps), 1000)).toBeLessThanOrEqual(limit);
      },
    ),
  );
});

test('a lower limit counts the starts that were made under the higher one', () => {
  const window = windowOf(10);
  for (let i = 0; i < 10; i++) window.recordStart(i);
  window.resize(3);
  expect(window.earliestStart()).toBe(1007);
  window.resize(12);
  expect(window.earliestStart()).toBe(-Infinity);
});

test('a limit of nothing allows no start, ever', () => {
  const window = windowOf(0);
  expect(window.earliestStart()).toBe(Infinity);
  expect(window.allowedUntil(1e9)).toBe(0);
});

test('it says how many starts are free within a time', () => {
  const window = windowOf(3);
  for (const at of [0, 10, 500]) window.recordStart(at);
  expect([window.allowedUntil(999), window.allowedUntil(1010), window.allowedUntil(2000)]).toEqual([0, 2, 3]);
});

test('a start written later than it was begun counts from then on, also after the limit changed', () => {
  const window = windowOf(3);
  const [first] = [window.recordStart(2000), window.recordStart(10), window.recordStart(20)];
  expect(window.earliestStart()).toBe(3000);
  window.amendStart(first, 5);
  expect(window.earliestStart()).toBe(1005);
  window.resize(5);
  window.amendStart(first, 7);
  window.resize(3);
  expect(window.earliestStart()).toBe(1007);
});
