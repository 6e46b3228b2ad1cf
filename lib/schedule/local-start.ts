import type { LocalStart } from './schema';
import { readLocalTime, type Reading } from './zone';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Why a local time is no moment yet, in words, and the moments one may choose instead. */
export interface StartProblem {
  code: 'local_time_skipped' | 'local_time_twice' | 'wrong_offset';
  field: 'local_time' | 'offset';
  message: string;
  choices: Reading[];
}

export type StartVerdict = { ok: true; reading: Reading } | { ok: false; problem: StartProblem };

/** The moment a local time stands for, or what to ask about it (browser-safe); both its parts must be valid. */
export function judgeStart({ local_time: local, time_zone: zone, offset }: LocalStart): StartVerdict {
  const meaning = readLocalTime(local, zone);
  if (meaning.kind === 'skipped') return refuse(skippedProblem(local, zone, meaning.before, meaning.after));
  const readings = meaning.kind === 'once' ? [meaning.reading] : meaning.readings;
  if (meaning.kind === 'twice' && offset === undefined)
    return refuse(twiceProblem(local, zone, meaning.readings));
  const reading = readings.find((each) => offset === undefined || each.offset === offset);
  return reading ? { ok: true, reading } : refuse(offsetProblem({ local, zone, readings }));
}

/** `02:30 on Sunday 29 March 2026`. */
export function localWords(local: string): string {
  const [year, month, day] = local.slice(0, 10).split('-').map(Number);
  const weekday = WEEKDAYS[new Date(`${local}Z`).getUTCDay()] ?? '';
  return `${local.slice(11)} on ${weekday} ${day ?? ''} ${MONTHS[(month ?? 1) - 1] ?? ''} ${year ?? ''}`;
}

/** A reading as a program takes it: `2026-10-25T02:30+02:00`. */
export function instantWords({ local, offset }: Reading): string {
  return `${local}${offset}`;
}

function refuse(problem: StartProblem): StartVerdict {
  return { ok: false, problem };
}

function skippedProblem(local: string, zone: string, before: Reading, after: Reading): StartProblem {
  return {
    code: 'local_time_skipped',
    field: 'local_time',
    message: `There is no ${localWords(local)} in ${zone}: its clocks go forward past it. The nearest times are ${instantWords(before)} and ${instantWords(after)}.`,
    choices: [before, after],
  };
}

function twiceProblem(local: string, zone: string, [first, second]: [Reading, Reading]): StartProblem {
  const each = (reading: Reading) => `${reading.offset} (${new Date(reading.at).toISOString()})`;
  return {
    code: 'local_time_twice',
    field: 'offset',
    message: `It is ${localWords(local)} twice in ${zone}, as its clocks go back: say which by the offset, ${each(first)} or ${each(second)}.`,
    choices: [first, second],
  };
}

function offsetProblem(about: { local: string; zone: string; readings: Reading[] }): StartProblem {
  const offsets = about.readings.map(({ offset }) => offset).join(' or ');
  return {
    code: 'wrong_offset',
    field: 'offset',
    message: `At ${localWords(about.local)} the clocks of ${about.zone} are at ${offsets}: give that, or leave the offset away.`,
    choices: about.readings,
  };
}
