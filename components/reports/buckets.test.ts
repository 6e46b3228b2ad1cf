import { expect, it } from 'vitest';
import { bucketsOf } from './buckets';

const hourAt = (n: number) => ({
  hour: new Date(Date.UTC(2026, 0, 1, n)).toISOString(),
  sent: 10,
  delivered: 8,
  read: 4,
  failed: 1,
});

it('a few hours are shown as they are', () => {
  const hours = [hourAt(0), hourAt(5)];
  expect(bucketsOf(hours)).toMatchObject({ by: 'hour', buckets: [{ from: hours[0]?.hour }, { sent: 10 }] });
});

it('many are added up by the day, and nobody is lost', () => {
  const hours = Array.from({ length: 50 }, (_, n) => hourAt(n));
  expect(bucketsOf(hours)).toEqual({
    by: 'day',
    buckets: [
      { from: '2026-01-01T00:00:00Z', sent: 240, delivered: 192, read: 96, failed: 24 },
      { from: '2026-01-02T00:00:00Z', sent: 240, delivered: 192, read: 96, failed: 24 },
      { from: '2026-01-03T00:00:00Z', sent: 20, delivered: 16, read: 8, failed: 2 },
    ],
  });
});
