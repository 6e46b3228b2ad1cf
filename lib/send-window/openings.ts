import { offsetsBetween, type Offsets } from '@/lib/schedule/zone';
import type { SendWindow } from './schema';
import { WEEKDAYS } from './weekdays';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A week and a day: every day of the week comes in it, whole, whatever the zone. */
const AHEAD_MS = 8 * DAY_MS;
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 3;

/** How it stands with a window somewhere. */
export interface Opening {
  isOpen: boolean;
  /** When that changes, ms since 1970; null: not within a week. */
  changesAt: number | null;
}

interface Span {
  from: number;
  to: number;
}

/**
 * Whether the window is open then for somebody who may be in any of the zones, and until when.
 *
 * One rule: it is open while as many of their clocks are inside it as ever are at once within a week. Mostly that is
 * all of them. Where the zones lie so far apart that no moment suits all, it still is some moment each week: nobody
 * waits for ever.
 */
export function openingAt(window: SendWindow, zones: readonly string[], at: number): Opening {
  const spans = clocksOf(zones, at).map((offsets) => spansOf(window, offsets, at));
  const steps = countSteps(spans, at);
  const most = Math.max(...steps.map(({ open }) => open));
  const isOpen = (steps[0]?.open ?? 0) === most;
  const change = steps.find(({ open }) => (open === most) !== isOpen);
  return { isOpen, changesAt: change?.at ?? null };
}

/** When the clocks of all the zones show the same then: what they show, `09:00`. */
export function clockAt(zones: readonly string[], at: number): string | null {
  const shown = clocksOf(zones, at).map((offsets) =>
    new Date(at + (offsets.changesAt !== null && at >= offsets.changesAt ? offsets.after : offsets.before))
      .toISOString()
      .slice(11, 16),
  );
  const [first = null] = shown;
  return shown.every((each) => each === first) ? first : null;
}

/** The different clocks of zones around a moment: countries have many zones and few clocks. */
function clocksOf(zones: readonly string[], at: number): Offsets[] {
  const clocks = new Map<string, Offsets>();
  for (const zone of zones) {
    const offsets = offsetsOf(zone, at);
    clocks.set(`${offsets.before} ${offsets.after} ${offsets.changesAt ?? ''}`, offsets);
  }
  return [...clocks.values()];
}

const known = { day: NaN, offsets: new Map<string, Offsets>() };

/** From two days before a moment's day to twelve after it. Kept for that day: a formatter costs more than all the rest. */
function offsetsOf(zone: string, at: number): Offsets {
  const day = Math.floor(at / DAY_MS);
  if (known.day !== day) Object.assign(known, { day, offsets: new Map<string, Offsets>() });
  let offsets = known.offsets.get(zone);
  if (!offsets) {
    offsets = offsetsBetween((day - 2) * DAY_MS, (day + 12) * DAY_MS, zone);
    known.offsets.set(zone, offsets);
  }
  return offsets;
}

/** When the window is open by one clock, from a day before the moment to a week and a day after it. */
function spansOf({ from, to, days }: SendWindow, offsets: Offsets, at: number): Span[] {
  const [opens, closes] = [minutesOf(from), minutesOf(to)];
  const firstDay = Math.floor((at + offsets.before) / DAY_MS) - 1;
  const spans: Span[] = [];
  for (let day = firstDay; day <= firstDay + 10; day += 1) {
    const weekday = WEEKDAYS[(day + FIRST_WEEKDAY) % 7];
    if (weekday === undefined || !days.includes(weekday)) continue;
    const wall = day * DAY_MS;
    const span = {
      from: momentOf(wall + opens * MINUTE_MS, offsets, 'later'),
      to: momentOf(wall + closes * MINUTE_MS + (closes < opens ? DAY_MS : 0), offsets, 'earlier'),
    };
    if (span.from < span.to) spans.push(span);
  }
  return spans;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/**
 * When a wall in the zone shows a time, given as if it hung at Greenwich. A time that is skipped is the moment of the
 * change; of one that comes twice the window takes the stricter: it opens at the later and closes at the earlier.
 */
function momentOf(wall: number, { before, after, changesAt }: Offsets, twice: 'earlier' | 'later'): number {
  if (changesAt === null) return wall - before;
  const moments = [
    ...(wall - before < changesAt ? [wall - before] : []),
    ...(wall - after >= changesAt ? [wall - after] : []),
  ];
  if (moments.length === 0) return changesAt;
  return twice === 'earlier' ? Math.min(...moments) : Math.max(...moments);
}

/** How many of them are open, from the moment on, each time that number changes. */
function countSteps(clocks: Span[][], at: number): { at: number; open: number }[] {
  const edges = clocks.flat().flatMap(({ from, to }) => [
    { at: from, by: 1 },
    { at: to, by: -1 },
  ]);
  edges.sort((a, b) => a.at - b.at);
  const steps: { at: number; open: number }[] = [];
  let open = 0;
  let next = 0;
  for (; (edges[next]?.at ?? Infinity) <= at; next += 1) open += edges[next]?.by ?? 0;
  steps.push({ at, open });
  while (next < edges.length) {
    const moment = edges[next]?.at ?? Infinity;
    if (moment > at + AHEAD_MS) break;
    // All that happens at one moment happens at once.
    for (; edges[next]?.at === moment; next += 1) open += edges[next]?.by ?? 0;
    steps.push({ at: moment, open });
  }
  return steps;
}
