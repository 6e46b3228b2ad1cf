import { expect, test } from 'vitest';
import { RecentCount } from './recent-count';

test('a look right after another, and one at the start of a span, both still see the last span', () => {
  const count = new RecentCount(100);
  for (let at = 0; at < 100; at += 10) count.add(at);
  expect([count.at(99), count.at(99), count.at(100), count.at(199)]).toEqual([10, 10, 10, 10]);
});

test('a fuller span counts at once, an empty one after it is over', () => {
  const count = new RecentCount(100);
  count.add(50);
  for (const at of [110, 120, 130]) count.add(at);
  expect([count.at(130), count.at(210), count.at(310), count.at(1000)]).toEqual([3, 3, 0, 0]);
});
