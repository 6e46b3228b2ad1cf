import { describe, expect, it } from 'vitest';
import { clockAt, openingAt } from './openings';
import { zonesOf } from './places';
import { sendWindowSchema, type SendWindow } from './schema';

const at = (iso: string) => Date.parse(iso);
const window = (from: string, to: string, days?: SendWindow['days']): SendWindow =>
  sendWindowSchema.parse({ from, to, days });
const shown = (found: { isOpen: boolean; changesAt: number | null }) =>
  `${found.isOpen ? 'open' : 'closed'} until ${found.changesAt === null ? 'ever' : new Date(found.changesAt).toISOString()}`;
const look = (w: SendWindow, zones: readonly string[], iso: string) => shown(openingAt(w, zones, at(iso)));

const DAY = window('09:00', '20:00');
const BERLIN = ['Europe/Berlin'];

describe('a window in one zone', () => {
  it('opens and closes on the minute, by the clocks there', () => {
    expect(look(DAY, BERLIN, '2026-11-30T07:59:59Z')).toBe('closed until 2026-11-30T08:00:00.000Z');
    expect(look(DAY, BERLIN, '2026-11-30T08:00:00Z')).toBe('open until 2026-11-30T19:00:00.000Z');
    expect(look(DAY, BERLIN, '2026-11-30T18:59:59Z')).toBe('open until 2026-11-30T19:00:00.000Z');
    expect(look(DAY, BERLIN, '2026-11-30T19:00:00Z')).toBe('closed until 2026-12-01T08:00:00.000Z');
    expect(look(DAY, ['Asia/Kolkata'], '2026-11-30T08:00:00Z')).toBe('open until 2026-11-30T14:30:00.000Z');
    expect(look(DAY, ['Pacific/Kiritimati'], '2026-11-30T08:00:00Z')).toBe(
      'closed until 2026-11-30T19:00:00.000Z',
    );
    expect(look(DAY, ['Pacific/Pago_Pago'], '2026-11-30T08:00:00Z')).toBe(
      'closed until 2026-11-30T20:00:00.000Z',
    );
  });

  it('follows the clocks on the days on which they change', () => {
    // 28 March is winter time, 29 March begins at +01:00 and is summer time by nine.
    expect(look(DAY, BERLIN, '2026-03-28T20:00:00Z')).toBe('closed until 2026-03-29T07:00:00.000Z');
    expect(look(DAY, BERLIN, '2026-03-29T07:00:00Z')).toBe('open until 2026-03-29T18:00:00.000Z');
    expect(look(DAY, BERLIN, '2026-10-24T19:00:00Z')).toBe('closed until 2026-10-25T08:00:00.000Z');
    expect(look(DAY, BERLIN, '2026-10-25T08:00:00Z')).toBe('open until 2026-10-25T19:00:00.000Z');
    expect(look(DAY, ['America/New_York'], '2026-11-01T01:00:00Z')).toBe(
      'closed until 2026-11-01T14:00:00.000Z',
    );
  });

  it('takes the stricter of a time that comes twice, and the moment of the change for one that is skipped', () => {
    // 02:30 on 25 October is at 00:30 and at 01:30 UTC.
    expect(look(window('02:30', '20:00'), BERLIN, '2026-10-25T00:00:00Z')).toBe(
      'closed until 2026-10-25T01:30:00.000Z',
    );
    expect(look(window('20:00', '02:30'), BERLIN, '2026-10-25T00:00:00Z')).toBe(
      'open until 2026-10-25T00:30:00.000Z',
    );
    // There is no 02:30 on 29 March: the clocks go from 01:59 to 03:00 at 01:00 UTC.
    expect(look(window('02:30', '20:00'), BERLIN, '2026-03-29T00:00:00Z')).toBe(
      'closed until 2026-03-29T01:00:00.000Z',
    );
    expect(look(window('20:00', '02:30'), BERLIN, '2026-03-29T00:00:00Z')).toBe(
      'open until 2026-03-29T01:00:00.000Z',
    );
    // A window that lies in the skipped hour does not open that day.
    expect(look(window('02:10', '02:50'), BERLIN, '2026-03-29T00:00:00Z')).toBe(
      'closed until 2026-03-30T00:10:00.000Z',
    );
  });

  it('crosses midnight, and belongs to the day on which it opens', () => {
    const night = window('20:00', '02:00', ['sat']);
    // 28 November 2026 is a Saturday.
    expect(look(night, BERLIN, '2026-11-28T18:59:00Z')).toBe('closed until 2026-11-28T19:00:00.000Z');
    expect(look(night, BERLIN, '2026-11-29T00:30:00Z')).toBe('open until 2026-11-29T01:00:00.000Z');
    expect(look(night, BERLIN, '2026-11-29T01:00:00Z')).toBe('closed until 2026-12-05T19:00:00.000Z');
  });

  it('is closed on the days it leaves out, as the days are there', () => {
    const week = window('09:00', '20:00', ['fri', 'mon', 'tue', 'wed', 'thu']);
    expect(week.days).toEqual(['mon', 'tue', 'wed', 'thu', 'fri']);
    expect(look(week, BERLIN, '2026-11-27T19:00:00Z')).toBe('closed until 2026-11-30T08:00:00.000Z');
    // It is Monday in Auckland while it still is Sunday in London.
    expect(look(week, ['Pacific/Auckland'], '2026-11-29T20:30:00Z')).toBe(
      'open until 2026-11-30T07:00:00.000Z',
    );
  });

  it('that never pauses but for a minute is open from day to day', () => {
    expect(look(window('00:01', '00:00'), BERLIN, '2026-11-30T12:00:00Z')).toBe(
      'open until 2026-11-30T23:00:00.000Z',
    );
    expect(look(window('00:01', '00:00'), BERLIN, '2026-11-30T23:00:00Z')).toBe(
      'closed until 2026-11-30T23:01:00.000Z',
    );
  });
});

describe('a window where there are several zones', () => {
  it('is open while it is in all of them', () => {
    // From nine in Honolulu and on the Aleutians until eight in the evening in New York.
    expect(look(DAY, zonesOf('US'), '2026-11-30T12:00:00Z')).toBe('closed until 2026-11-30T19:00:00.000Z');
    expect(look(DAY, zonesOf('US'), '2026-11-30T19:00:00Z')).toBe('open until 2026-12-01T01:00:00.000Z');
    // Honolulu has no summer time, New York has: the window is an hour shorter.
    expect(look(DAY, zonesOf('US'), '2026-07-01T19:00:00Z')).toBe('open until 2026-07-02T00:00:00.000Z');
  });

  it('is open in as many as it ever is at once, where they lie too far apart', () => {
    const short = window('09:00', '12:00');
    const zones = ['Europe/Kaliningrad', 'Europe/Moscow', 'Asia/Kamchatka'];
    // Nine to twelve in Moscow is from 06:00 UTC, in Kaliningrad from 07:00; Kamchatka never meets them.
    expect(look(short, zones, '2026-11-30T00:00:00Z')).toBe('closed until 2026-11-30T07:00:00.000Z');
    expect(look(short, zones, '2026-11-30T07:00:00Z')).toBe('open until 2026-11-30T09:00:00.000Z');
  });

  it('opens within a week wherever it is, however short it is', () => {
    const hour = window('12:00', '13:00', ['wed']);
    for (const country of ['US', 'CA', 'RU', 'BR', 'AU', 'ID', 'KI', 'FR', 'MX', 'CL', 'NZ'])
      for (let day = 0; day < 7; day += 1) {
        const moment = at('2026-10-22T00:00:00Z') + day * 86_400_000;
        const { isOpen, changesAt } = openingAt(hour, zonesOf(country), moment);
        expect(isOpen || changesAt !== null, country).toBe(true);
      }
  });
});

it('the clock of several zones is told only where they show the same', () => {
  expect(clockAt(BERLIN, at('2026-11-30T08:00:00Z'))).toBe('09:00');
  expect(clockAt(BERLIN, at('2026-07-01T07:00:00Z'))).toBe('09:00');
  expect(clockAt(['Europe/Berlin', 'Europe/Paris'], at('2026-11-30T08:00:00Z'))).toBe('09:00');
  expect(clockAt(['Europe/Berlin', 'Europe/London'], at('2026-11-30T08:00:00Z'))).toBeNull();
});

it('a window is refused where it is empty, or no time', () => {
  for (const wrong of [
    { from: '09:00', to: '09:00' },
    { from: '24:00', to: '09:00' },
    { from: '9:00', to: '20:00' },
    { from: '09:00', to: '20:00', days: [] },
    { from: '09:00', to: '20:00', days: ['someday'] },
    { from: '09:00' },
  ])
    expect(sendWindowSchema.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
});
