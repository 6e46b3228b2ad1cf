import { judgeStart, type StartProblem } from '@/lib/schedule/local-start';
import type { LocalStart } from '@/lib/schedule/schema';
import { isLocalTime, isTimeZone, localTimeAt, readLocalTime, type Reading } from '@/lib/schedule/zone';

const DAY_MS = 86_400_000;

/** A start as it is being typed; `offset` is the answer where the clocks show that time twice. */
export interface StartEntry {
  local_time: string;
  time_zone: string;
  offset: string | null;
}

export type EntryVerdict =
  | { kind: 'ready'; reading: Reading }
  | { kind: 'incomplete' | 'past'; fieldId: string; message: string }
  | { kind: 'asks'; fieldId: string; message: string; problem: StartProblem };

/** The ids of the controls; there is one such form on a page at a time. */
export const START_IDS = { time: 'start-time', zone: 'start-zone', offset: 'start-offset' } as const;

/** Whether it is a moment still to come, and if not, what is to be done about it; `nowMs` null: the hour is not known yet. */
export function judgeEntry(entry: StartEntry, nowMs: number | null): EntryVerdict {
  if (!isTimeZone(entry.time_zone))
    return { kind: 'incomplete', fieldId: START_IDS.zone, message: 'Choose a time zone.' };
  if (!isLocalTime(entry.local_time))
    return { kind: 'incomplete', fieldId: START_IDS.time, message: 'Choose the day and the time to start.' };
  const verdict = judgeStart(startOf(entry));
  if (!verdict.ok) {
    const { problem } = verdict;
    const fieldId = problem.field === 'offset' ? START_IDS.offset : START_IDS.time;
    return { kind: 'asks', fieldId, message: askWords(problem), problem };
  }
  if (nowMs !== null && verdict.reading.at <= nowMs)
    return {
      kind: 'past',
      fieldId: START_IDS.time,
      message: 'This time has passed: choose a later one, or send it now.',
    };
  return { kind: 'ready', reading: verdict.reading };
}

/** Both moments, where the clocks there show that time twice: one of them is chosen, and may be changed; else null. */
export function twiceOf({ local_time: local, time_zone: zone }: StartEntry): readonly Reading[] | null {
  if (!isLocalTime(local) || !isTimeZone(zone)) return null;
  const meaning = readLocalTime(local, zone);
  return meaning.kind === 'twice' ? meaning.readings : null;
}

/** As the API takes it. */
export function startOf({ local_time, time_zone, offset }: StartEntry): LocalStart {
  return { local_time, time_zone, ...(offset !== null && { offset }) };
}

/** A start that stands already, for changing it. */
export function entryOf(at: number, timeZone: string): StartEntry {
  const { local, offset } = localTimeAt(at, timeZone);
  const entry = { local_time: local, time_zone: timeZone, offset: null };
  return twiceOf(entry) ? { ...entry, offset } : entry;
}

/** Nine in the morning of the next day there. */
export function firstEntry(nowMs: number, timeZone: string): StartEntry {
  const tomorrow = localTimeAt(nowMs + DAY_MS, timeZone).local.slice(0, 10);
  return { local_time: `${tomorrow}T09:00`, time_zone: timeZone, offset: null };
}

/** The zone of whoever looks at the page; only in the browser is it theirs. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** For a person, who is given the choices as buttons beside it. */
function askWords({ code, choices: [first, second] }: StartProblem): string {
  const [from, to] = [first?.local.slice(11) ?? '', second?.local.slice(11) ?? ''];
  if (code === 'local_time_skipped')
    return `This time does not exist there: the clocks go forward, from ${from} straight to ${to}.`;
  return `This time comes twice there, as the clocks go back: choose the first or the second ${from}.`;
}
