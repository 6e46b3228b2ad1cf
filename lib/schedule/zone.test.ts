import { describe, expect, it } from 'vitest';
import { isLocalTime, isTimeZone, localTimeAt, readLocalTime } from './zone';

const at = (iso: string) => Date.parse(iso);

describe('a time on a wall in a zone', () => {
  it('is one moment on an ordinary day, summer and winter, east and west', () => {
    for (const [local, zone, moment, offset] of [
      ['2026-07-01T09:00', 'Europe/Berlin', '2026-07-01T07:00:00Z', '+02:00'],
      ['2026-12-01T09:00', 'Europe/Berlin', '2026-12-01T08:00:00Z', '+01:00'],
      ['2026-07-01T09:00', 'America/New_York', '2026-07-01T13:00:00Z', '-04:00'],
      ['2026-12-01T09:00', 'Asia/Kolkata', '2026-12-01T03:30:00Z', '+05:30'],
      ['2026-12-31T23:30', 'Pacific/Kiritimati', '2026-12-31T09:30:00Z', '+14:00'],
      ['2027-01-01T00:00', 'Pacific/Niue', '2027-01-01T11:00:00Z', '-11:00'],
      ['2026-12-01T09:00', 'UTC', '2026-12-01T09:00:00Z', '+00:00'],
    ] as const)
      expect(readLocalTime(local, zone)).toEqual({
        kind: 'once',
        reading: { local, offset, at: at(moment) },
      });
  });

  it('is none in the hour that Berlin skips, with the minutes on both sides of it', () => {
    const gap = {
      kind: 'skipped',
      before: { local: '2026-03-29T01:59', offset: '+01:00', at: at('2026-03-29T00:59:00Z') },
      after: { local: '2026-03-29T03:00', offset: '+02:00', at: at('2026-03-29T01:00:00Z') },
    };
    for (const local of ['2026-03-29T02:00', '2026-03-29T02:30', '2026-03-29T02:59'])
      expect(readLocalTime(local, 'Europe/Berlin')).toEqual(gap);
    for (const local of ['2026-03-29T01:59', '2026-03-29T03:00'])
      expect(readLocalTime(local, 'Europe/Berlin')).toMatchObject({ kind: 'once', reading: { local } });
  });

  it('is two moments in the hour that Berlin has twice, the earlier first', () => {
    expect(readLocalTime('2026-10-25T02:30', 'Europe/Berlin')).toEqual({
      kind: 'twice',
      readings: [
        { local: '2026-10-25T02:30', offset: '+02:00', at: at('2026-10-25T00:30:00Z') },
        { local: '2026-10-25T02:30', offset: '+01:00', at: at('2026-10-25T01:30:00Z') },
      ],
    });
    for (const local of ['2026-10-25T01:59', '2026-10-25T03:00'])
      expect(readLocalTime(local, 'Europe/Berlin').kind).toBe('once');
  });

  it('follows New York on its own days, behind UTC', () => {
    expect(readLocalTime('2026-03-08T02:30', 'America/New_York')).toEqual({
      kind: 'skipped',
      before: { local: '2026-03-08T01:59', offset: '-05:00', at: at('2026-03-08T06:59:00Z') },
      after: { local: '2026-03-08T03:00', offset: '-04:00', at: at('2026-03-08T07:00:00Z') },
    });
    expect(readLocalTime('2026-11-01T01:30', 'America/New_York')).toMatchObject({
      kind: 'twice',
      readings: [{ at: at('2026-11-01T05:30:00Z') }, { at: at('2026-11-01T06:30:00Z') }],
    });
    // The days on which Berlin changes are ordinary ones there.
    expect(readLocalTime('2026-03-29T02:30', 'America/New_York').kind).toBe('once');
  });

  it('follows a zone that moves by half an hour, and one that skipped a whole day', () => {
    expect(readLocalTime('2026-10-04T02:15', 'Australia/Lord_Howe')).toMatchObject({
      kind: 'skipped',
      before: { local: '2026-10-04T01:59', offset: '+10:30' },
      after: { local: '2026-10-04T02:30', offset: '+11:00' },
    });
    expect(readLocalTime('2011-12-30T12:00', 'Pacific/Apia')).toMatchObject({
      kind: 'skipped',
      before: { local: '2011-12-29T23:59' },
      after: { local: '2011-12-31T00:00' },
    });
  });

  it('reads back what it gave, for every hour of the days on which clocks change', () => {
    for (const [zone, day] of [
      ['Europe/Berlin', '2026-03-29'],
      ['Europe/Berlin', '2026-10-25'],
      ['America/New_York', '2026-03-08'],
      ['America/New_York', '2026-11-01'],
    ] as const)
      for (let minute = 0; minute < 24 * 60; minute += 15) {
        const moment = at(`${day}T00:00:00Z`) + minute * 60_000;
        const { local, offset } = localTimeAt(moment, zone);
        const meaning = readLocalTime(local, zone);
        const readings = meaning.kind === 'twice' ? meaning.readings : [];
        const found = meaning.kind === 'once' ? meaning.reading : readings.find((r) => r.offset === offset);
        expect(found, `${local} ${zone}`).toEqual({ local, offset, at: moment });
      }
  });
});

it('only a name of the IANA data is a zone', () => {
  for (const name of ['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+5'])
    expect(isTimeZone(name), name).toBe(true);
  for (const name of [
    '',
    'Berlin',
    '+01:00',
    'GMT+1:00',
    'Europe/Atlantis',
    'Europe/Berlin ',
    'x'.repeat(100),
  ])
    expect(isTimeZone(name), name).toBe(false);
});

it('only a day and minute of the calendar is a time', () => {
  expect(isLocalTime('2028-02-29T23:59')).toBe(true);
  for (const text of ['2027-02-29T09:00', '2026-13-01T09:00', '2026-01-01T24:00', '2026-01-01', '9:00', ''])
    expect(isLocalTime(text), text).toBe(false);
});
