import { useNow } from '@/components/ui/use-now';
import { useIsAlive } from '@/components/ui/use-is-alive';
import { localWords } from '@/lib/schedule/local-start';
import { localTimeAt } from '@/lib/schedule/zone';
import { ownTimeZone } from './entry';
import { OtherClocks } from './other-clocks';
import { startWords, zoneWord } from './start-words';

const TICK_MS = 5_000;

interface StartFactsProps {
  /** ms since 1970. */
  at: number;
  /** The zone it was planned in; null: it was planned as an instant. */
  timeZone: string | null;
  /** Zones of the sender's number; none: not known. */
  senderZones: readonly string[];
  /** The time until then is what the page is about. */
  isHero?: boolean;
}

/** A planned start by the clocks it was planned by, by the sender's and the reader's own, and from now. */
export function StartFacts({ at, timeZone, senderZones, isHero = false }: StartFactsProps) {
  const isAlive = useIsAlive();
  const now = useNow(TICK_MS);
  const own = isAlive ? ownTimeZone() : null;
  const zone = timeZone ?? own ?? 'UTC';
  return (
    <>
      <p
        className={isHero ? 'text-2xl font-semibold tracking-tight' : 'font-medium'}
        role="timer"
        aria-label="Time until it starts"
      >
        {now === null ? '…' : startWords(at - now)}
      </p>
      <p>
        <time dateTime={new Date(at).toISOString()}>{localWords(localTimeAt(at, zone).local)}</time>,{' '}
        {zoneWord(zone)}
      </p>
      <OtherClocks at={at} told={zone} senderZones={senderZones} />
    </>
  );
}
