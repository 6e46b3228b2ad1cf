import { LocalTime } from '@/components/ui/local-time';
import { formatCount } from '@/components/ui/numbers';
import { useNow } from '@/components/ui/use-now';
import type { CampaignWait } from '@/lib/send-window/schema';
import { placeWord } from '@/lib/send-window/words';
import { spanWords } from './durations';

const TICK_MS = 10_000;

/** How many wait for something other than their turn, and when and where it goes on. */
export function WaitLine({ wait: { waiting, next_at: at, places } }: { wait: CampaignWait }) {
  const now = useNow(TICK_MS);
  const [first] = places;
  const left = now === null ? null : (Date.parse(at) - now) / 1000;
  return (
    <p className="max-w-[60ch] text-muted">
      <span className="font-medium text-ink">
        {formatCount(waiting)} {waiting === 1 ? 'waits' : 'wait'} for their send window.
      </span>{' '}
      It opens next {first && `in ${placeWord(first.country)}, `}
      {first?.local_time && `at ${first.local_time} there, `}
      <LocalTime value={at} />
      {left !== null && left > 0 && `, in ${spanWords(left)}`}.
    </p>
  );
}
