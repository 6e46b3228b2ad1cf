import { expect, it } from 'vitest';
import { judgeStart } from './local-start';
import { localStartSchema } from './schema';

const berlin = 'Europe/Berlin';

it('an ordinary time is taken without an offset, and with its own', () => {
  const start = { local_time: '2026-11-27T09:00', time_zone: berlin };
  for (const offset of [undefined, '+01:00'])
    expect(judgeStart({ ...start, offset })).toMatchObject({
      ok: true,
      reading: { at: Date.parse('2026-11-27T08:00:00Z') },
    });
  expect(judgeStart({ ...start, offset: '+02:00' })).toMatchObject({
    ok: false,
    problem: {
      code: 'wrong_offset',
      field: 'offset',
      message: expect.stringContaining('are at +01:00') as string,
    },
  });
});

it('a time that the clocks skip is refused with the reason and the nearest ones, whatever offset comes with it', () => {
  const start = { local_time: '2026-03-29T02:30', time_zone: berlin };
  for (const offset of [undefined, '+01:00', '+02:00'])
    expect(judgeStart({ ...start, offset })).toMatchObject({
      ok: false,
      problem: {
        code: 'local_time_skipped',
        field: 'local_time',
        message:
          'There is no 02:30 on Sunday 29 March 2026 in Europe/Berlin: its clocks go forward past it. The nearest times are 2026-03-29T01:59+01:00 and 2026-03-29T03:00+02:00.',
        choices: [{ local: '2026-03-29T01:59' }, { local: '2026-03-29T03:00' }],
      },
    });
});

it('of a time that comes twice the offset is asked, and decides', () => {
  const start = { local_time: '2026-10-25T02:30', time_zone: berlin };
  expect(judgeStart(start)).toMatchObject({
    ok: false,
    problem: {
      code: 'local_time_twice',
      field: 'offset',
      message:
        'It is 02:30 on Sunday 25 October 2026 twice in Europe/Berlin, as its clocks go back: say which by the offset, +02:00 (2026-10-25T00:30:00.000Z) or +01:00 (2026-10-25T01:30:00.000Z).',
    },
  });
  for (const [offset, moment] of [
    ['+02:00', '2026-10-25T00:30:00Z'],
    ['+01:00', '2026-10-25T01:30:00Z'],
  ] as const)
    expect(judgeStart({ ...start, offset })).toMatchObject({
      ok: true,
      reading: { offset, at: Date.parse(moment) },
    });
  expect(judgeStart({ ...start, offset: '+03:00' })).toMatchObject({
    ok: false,
    problem: { code: 'wrong_offset', message: expect.stringContaining('+02:00 or +01:00') as string },
  });
});

it('what is no time, no zone or no offset is refused by its own field', () => {
  const good = { local_time: '2026-11-27T09:00', time_zone: berlin };
  expect(localStartSchema.safeParse(good).success).toBe(true);
  for (const [field, value] of [
    ['local_time', '2026-11-27T09:00Z'],
    ['local_time', '2026-02-30T09:00'],
    ['time_zone', 'Berlin'],
    ['time_zone', '+01:00'],
    ['offset', 'CET'],
  ] as const) {
    const { error } = localStartSchema.safeParse({ ...good, [field]: value });
    expect(
      error?.issues.map(({ path }) => path),
      `${field} ${value}`,
    ).toEqual([[field]]);
  }
});
