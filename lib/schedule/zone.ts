const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Further from UTC than any zone is, and nearer than two changes of one zone's clocks ever are to each other. */
const WIDEST_MS = 26 * HOUR_MS;
/** An offset alone (`+01:00`) is taken by some versions of Intl, and is no zone: it knows no summer time. */
const NAME = /^[A-Za-z][\w+/-]{1,63}$/;
const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

/** One moment as a clock of the zone shows it. */
export interface Reading {
  /** `2026-03-29T03:00`. */
  local: string;
  /** `+02:00`. */
  offset: string;
  /** ms since 1970. */
  at: number;
}

/**
 * What a time on a wall means in a zone: one moment; none, as the clocks go past it (with the last minute before and
 * the first one after); or two, as they are set back over it (the earlier first).
 */
export type Meaning =
  | { kind: 'once'; reading: Reading }
  | { kind: 'skipped'; before: Reading; after: Reading }
  | { kind: 'twice'; readings: [Reading, Reading] };

/** Whether it names a zone of the IANA data this machine has (browser-safe). */
export function isTimeZone(name: string): boolean {
  if (!NAME.test(name)) return false;
  try {
    clockOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Whether it is a day and minute that a calendar has: `2026-02-30T09:00` is none. */
export function isLocalTime(text: string): boolean {
  return wallOf(text) !== null;
}

/** The zone must be one, and the time too; throws RangeError otherwise. */
export function readLocalTime(local: string, timeZone: string): Meaning {
  const wall = wallOf(local);
  if (wall === null) throw new RangeError(`${local} is no day and minute.`);
  const clock = clockOf(timeZone);
  const offsets = new Set([offsetAt(clock, wall - WIDEST_MS), offsetAt(clock, wall + WIDEST_MS)]);
  const moments = [...offsets]
    .filter((offset) => offsetAt(clock, wall - offset) === offset)
    .map((offset) => wall - offset)
    .sort((a, b) => a - b);
  const [first, second] = moments;
  if (first === undefined) return skipped(clock, wall, [...offsets]);
  if (second === undefined) return { kind: 'once', reading: readingAt(clock, first) };
  return { kind: 'twice', readings: [readingAt(clock, first), readingAt(clock, second)] };
}

/** What the zone's clocks show then; `at` in ms since 1970. */
export function localTimeAt(at: number, timeZone: string): Reading {
  return readingAt(clockOf(timeZone), at);
}

/** How far the zone is ahead of UTC at each of these moments, ms. */
export function offsetsAt(moments: readonly number[], timeZone: string): number[] {
  const clock = clockOf(timeZone);
  return moments.map((at) => offsetAt(clock, at));
}

/** How far the zone is ahead of UTC between two moments, ms; at most one change of its clocks may lie between them. */
export interface Offsets {
  before: number;
  after: number;
  /** The first moment at which `after` holds; null: no change. */
  changesAt: number | null;
}

/** The moments must be whole minutes, and nearer to each other than two changes of one zone's clocks. */
export function offsetsBetween(from: number, to: number, timeZone: string): Offsets {
  const clock = clockOf(timeZone);
  const [before, after] = [offsetAt(clock, from), offsetAt(clock, to)];
  return { before, after, changesAt: before === after ? null : changeBetween(clock, from, to)[1] };
}

/** Looks for the minute in which the offset changes, between the two moments the time would be by either. */
function skipped(clock: Intl.DateTimeFormat, wall: number, offsets: number[]): Meaning {
  const [before, after] = changeBetween(clock, wall - Math.max(...offsets), wall - Math.min(...offsets));
  return { kind: 'skipped', before: readingAt(clock, before), after: readingAt(clock, after) };
}

/** The last minute of the old offset, and the first of the new one. */
function changeBetween(clock: Intl.DateTimeFormat, from: number, to: number): [number, number] {
  let [before, after] = [from, to];
  const old = offsetAt(clock, before);
  while (after - before > MINUTE_MS) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetAt(clock, middle) === old) before = middle;
    else after = middle;
  }
  return [before, after];
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

/** How far the zone's clocks are ahead of UTC then, ms. */
function offsetAt(clock: Intl.DateTimeFormat, at: number): number {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of clock.formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

function readingAt(clock: Intl.DateTimeFormat, at: number): Reading {
  const offset = offsetAt(clock, at);
  return { local: new Date(at + offset).toISOString().slice(0, 16), offset: offsetWords(offset), at };
}

function offsetWords(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** The time as if the wall hung at Greenwich, ms since 1970; null: it is no time. */
function wallOf(text: string): number | null {
  const [, ...digits] = LOCAL.exec(text) ?? [];
  const [year, month, day, hour, minute] = digits.map(Number);
  if (
    year === undefined ||
    month === undefined ||
    day === undefined ||
    hour === undefined ||
    minute === undefined
  )
    return null;
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  return new Date(wall).toISOString().slice(0, 16) === text ? wall : null;
}
