import { expect, test } from 'vitest';
import { DailyPeople, PairLimits, peopleOfTier, TokenBucket } from './limits';

test('a number gets its rate a second, evenly refilled, and never more than one second in hand', () => {
  const bucket = new TokenBucket(80);
  const takeAll = (now: number): number => {
    let taken = 0;
    while (bucket.take(now)) taken++;
    return taken;
  };
  expect(takeAll(0)).toBe(80);
  expect(takeAll(500)).toBe(40);
  expect(takeAll(512)).toBe(0);
  expect(takeAll(60_000)).toBe(80);
  bucket.setRate(1000);
  expect(takeAll(61_000)).toBe(1000);
});

test('a rate below one a second still lets one through in its time', () => {
  const bucket = new TokenBucket(0.5);
  expect(bucket.take(2000)).toBe(true);
  expect(bucket.take(3000)).toBe(false);
  expect(bucket.take(4000)).toBe(true);
});

test('a pair gets 45 at once, then one per 6 s; other recipients are not affected', () => {
  const pairs = new PairLimits();
  for (let i = 0; i < 45; i++) expect(pairs.take('14155550123', 0)).toBe(true);
  expect(pairs.take('14155550123', 0)).toBe(false);
  expect(pairs.take('14155550124', 0)).toBe(true);
  expect(pairs.take('14155550123', 5999)).toBe(false);
  expect(pairs.take('14155550123', 6000)).toBe(true);
  expect(pairs.take('14155550123', 6001)).toBe(false);
});

test('who may write a full burst again is forgotten', () => {
  const pairs = new PairLimits();
  for (let i = 0; i < 3000; i++) pairs.take(String(14_150_000_000 + i), i);
  pairs.sweep(6500);
  expect(pairs.size).toBe(2499);
  pairs.sweep(20_000);
  expect(pairs.size).toBe(0);
});

test('an account writes to so many people a day; who was written to may be again, and places come back after a day', () => {
  const people = new DailyPeople();
  const day = 24 * 3_600_000;
  expect([1, 2, 3].map((n) => people.take(`1415555000${n}`, 2, n))).toEqual([true, true, false]);
  expect(people.take('14155550001', 2, 1_000)).toBe(true);
  // The second falls out a day after its message; the first was written to again since.
  expect(people.take('14155550003', 2, day + 1)).toBe(false);
  expect(people.take('14155550003', 2, day + 2)).toBe(true);
  expect(people.take('14155550002', 2, day + 999)).toBe(false);
  expect(people.take('14155550002', 3, day + 999)).toBe(true);
});

test('a tier says how many people', () => {
  expect(['TIER_250', 'TIER_2K', 'TIER_100K', 'TIER_UNLIMITED'].map(peopleOfTier)).toEqual([
    250,
    2_000,
    100_000,
    null,
  ]);
});
