import { localWords } from '@/lib/schedule/local-start';
import { localTimeAt, type Reading } from '@/lib/schedule/zone';
import { zoneWord } from './start-words';

/** One clock where a sender may be, at a moment. */
export interface SenderClock {
  zone: string;
  reading: Reading;
}

/** What the clocks show in the zones of a sender's number then, each time once, the earliest first; `at` in ms since 1970. */
export function senderClocksAt(at: number, zones: readonly string[]): SenderClock[] {
  const clocks = new Map<string, SenderClock>();
  for (const zone of zones) {
    const reading = localTimeAt(at, zone);
    if (!clocks.has(reading.local)) clocks.set(reading.local, { zone, reading });
  }
  return [...clocks.values()].sort((a, b) => (a.reading.local < b.reading.local ? -1 : 1));
}

/** The one time, both of them, or of more the first and the last. */
export function senderClockWords(clocks: readonly SenderClock[]): string {
  const [first, last] = [clocks[0], clocks.at(-1)];
  if (!first || !last) return '';
  if (clocks.length === 1) return words(first);
  return clocks.length === 2
    ? `${words(first)}, or ${words(last)}`
    : `from ${words(first)}, to ${words(last)}`;
}

/** Whether it is the only one, and shows what another zone's clocks do: then it need not be told beside that. */
export function isSameClock(clocks: readonly SenderClock[], at: number, zone: string): boolean {
  return clocks.length === 1 && clocks[0]?.reading.local === localTimeAt(at, zone).local;
}

function words({ zone, reading }: SenderClock): string {
  return `${localWords(reading.local)}, ${zoneWord(zone)}`;
}
