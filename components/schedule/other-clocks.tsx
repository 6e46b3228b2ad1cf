import { useIsAlive } from '@/components/ui/use-is-alive';
import { localWords } from '@/lib/schedule/local-start';
import { localTimeAt } from '@/lib/schedule/zone';
import { ownTimeZone } from './entry';
import { isSameClock, senderClocksAt, senderClockWords } from './sender-clocks';
import { zoneWord } from './start-words';

interface OtherClocksProps {
  /** ms since 1970. */
  at: number;
  /** The zone in which it is told already. */
  told: string;
  /** Zones of the sender's number; none: not known. */
  senderZones: readonly string[];
}

/** A moment by the sender's clocks and by the reader's, each where it adds something to what is told already. */
export function OtherClocks({ at, told, senderZones }: OtherClocksProps) {
  const isAlive = useIsAlive();
  const zone = isAlive ? ownTimeZone() : null;
  const own = zone === told ? null : zone;
  const clocks = senderClocksAt(at, senderZones);
  const isShared = own !== null && isSameClock(clocks, at, own);
  const hasSender = clocks.length > 0 && !isShared && !isSameClock(clocks, at, told);
  return (
    <>
      {hasSender && <p className="text-muted">Where the sender is: {senderClockWords(clocks)}</p>}
      {own && (
        <p className="text-muted">
          {isShared && !isSameClock(clocks, at, told) ? 'Where the sender and you are' : 'Where you are'}:{' '}
          {localWords(localTimeAt(at, own).local)}, {zoneWord(own)}
        </p>
      )}
    </>
  );
}
