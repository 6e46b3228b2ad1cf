import { expect, it } from 'vitest';
import { entryOf, firstEntry, judgeEntry, startOf, twiceOf } from './entry';

const berlin = 'Europe/Berlin';
const now = Date.parse('2026-03-01T12:00:00Z');
const entry = (local_time: string, offset: string | null = null) => ({
  local_time,
  time_zone: berlin,
  offset,
});

it('what is typed is ready, incomplete, over, or asks', () => {
  expect(judgeEntry(entry('2026-03-02T09:00'), now)).toMatchObject({
    kind: 'ready',
    reading: { at: Date.parse('2026-03-02T08:00:00Z') },
  });
  expect(judgeEntry(entry(''), now)).toMatchObject({ kind: 'incomplete', fieldId: 'start-time' });
  expect(judgeEntry({ ...entry('2026-03-02T09:00'), time_zone: '' }, now)).toMatchObject({
    kind: 'incomplete',
    fieldId: 'start-zone',
  });
  expect(judgeEntry(entry('2026-03-01T13:00'), now)).toMatchObject({ kind: 'past' });
  expect(judgeEntry(entry('2026-03-01T13:00'), null)).toMatchObject({ kind: 'ready' });
  expect(judgeEntry(entry('2026-03-29T02:30'), now)).toMatchObject({
    kind: 'asks',
    fieldId: 'start-time',
    message: 'This time does not exist there: the clocks go forward, from 01:59 straight to 03:00.',
  });
  expect(judgeEntry(entry('2026-10-25T02:30'), now)).toMatchObject({ kind: 'asks', fieldId: 'start-offset' });
  expect(judgeEntry(entry('2026-10-25T02:30', '+01:00'), now)).toMatchObject({
    kind: 'ready',
    reading: { at: Date.parse('2026-10-25T01:30:00Z') },
  });
});

it('both moments of a time that comes twice are there to choose from, also once one is chosen', () => {
  expect(twiceOf(entry('2026-10-25T02:30'))).toHaveLength(2);
  expect(twiceOf(entry('2026-10-25T02:30', '+01:00'))).toHaveLength(2);
  for (const once of ['2026-10-25T03:00', '2026-03-29T02:30', ''])
    expect(twiceOf(entry(once)), once).toBeNull();
});

it('a start that stands is changed from what it was, with its offset where that matters', () => {
  const second = Date.parse('2026-10-25T01:30:00Z');
  expect(entryOf(second, berlin)).toEqual(entry('2026-10-25T02:30', '+01:00'));
  expect(startOf(entryOf(second, berlin))).toMatchObject({ offset: '+01:00' });
  expect(startOf(entryOf(Date.parse('2026-10-26T01:30:00Z'), berlin))).not.toHaveProperty('offset');
});

it('the first suggestion is nine in the morning of the next day there', () => {
  expect(firstEntry(Date.parse('2026-03-01T23:30:00Z'), berlin)).toEqual(entry('2026-03-03T09:00'));
});
