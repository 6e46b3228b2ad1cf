import { describe, expect, test } from 'vitest';
import { formatTime } from './time-format';

const COMMON = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
} as const;

describe('formatTime', () => {
  test('says what a reader of British English expects, in every month, in his zone and in UTC', () => {
    for (let month = 0; month < 12; month += 1) {
      const time = new Date(2026, month, 3, 4, 5, 6);
      const said = (zone: string | undefined, more: Intl.DateTimeFormatOptions = {}) =>
        new Intl.DateTimeFormat('en-GB', { ...COMMON, ...more, hourCycle: 'h23', timeZone: zone }).format(
          time,
        );
      expect(formatTime(time, 'full')).toBe(said(undefined));
      expect(formatTime(time, 'full', 'UTC')).toBe(said('UTC'));
      expect(formatTime(time, 'exact')).toBe(said(undefined, { second: '2-digit' }));
    }
  });

  test('says midnight as 00, and the time of day alone', () => {
    expect(formatTime(new Date('2026-11-24T00:00:09Z'), 'full', 'UTC')).toBe('24 Nov 2026, 00:00');
    expect(formatTime(new Date('2026-11-24T00:00:09Z'), 'clock', 'UTC')).toBe('00:00:09');
  });
});
