import { expect, it } from 'vitest';
import { localTimeAt } from '@/lib/schedule/zone';
import { timeZonesOf } from './time-zones';

it.each([
  ['+49 1512 3456789', ['Europe/Berlin']],
  ['4915123456789', ['Europe/Berlin']],
  ['+44 20 7946 0958', ['Europe/London']],
  ['+351 912 345 678', ['Atlantic/Azores', 'Europe/Lisbon']],
  ['+800 1234 5678', []],
  ['', []],
  [null, []],
])('a number shown as %s is in %j', (display, zones) => {
  expect([...timeZonesOf(display)].sort()).toEqual(zones);
});

it('of a country with many zones each different clock is named once, by a zone that people know', () => {
  const zones = timeZonesOf('+1 212-555-0123');
  for (const zone of [
    'America/New_York',
    'America/Chicago',
    'America/Denver',
    'America/Los_Angeles',
    'America/Phoenix',
  ])
    expect(zones).toContain(zone);
  expect(zones).not.toContain('America/Detroit');
  const july = zones.map((zone) => localTimeAt(Date.UTC(2026, 6, 1, 12), zone).offset);
  const january = zones.map(
    (zone, i) => `${localTimeAt(Date.UTC(2026, 0, 1, 12), zone).offset} ${july[i] ?? ''}`,
  );
  expect(new Set(january).size).toBe(zones.length);
});

it('a number that was given to nobody may be in either country of its calling code', () => {
  const zones = timeZonesOf('+1 555-078-3881');
  expect(zones).toContain('America/New_York');
  expect(zones).toContain('America/St_Johns');
});
