import { LocalTime } from '@/components/ui/local-time';
import { formatCount } from '@/components/ui/numbers';
import { useNow } from '@/components/ui/use-now';
import type { CampaignWait } from '@/lib/send-window/schema';
import { placeWord } from '@/lib/send-window/words';
import { spanWords } from './durations';

const TICK_MS = 10_000;

/** How many wait for something other than their turn, and when and where it goes on. */
export function WaitLine({ wait }: { wait: CampaignWait }) {
  return wait.daily ? <DailyLine wait={wait} daily={wait.daily} /> : <WindowLine wait={wait} />;
}

interface DailyLineProps {
  wait: CampaignWait;
  daily: NonNullable<CampaignWait['daily']>;
}

/** How the people who exceed the daily limit spread over the next days. */
function DailyLine({ wait: { waiting, next_at: nextAt, last_at: lastAt }, daily }: DailyLineProps) {
  const { limit, used } = daily;
  const next = Math.min(waiting, limit);
  return (
    <p className="max-w-[60ch] text-muted">
      <span className="font-medium text-ink">
        {formatCount(used)} of today’s {formatCount(limit)} people used; {formatCount(waiting)}{' '}
        {waiting === 1 ? 'waits' : 'wait'}.
      </span>{' '}
      {waiting === 1 ? 'They go on' : `About ${formatCount(next)} go on`} from <LocalTime value={nextAt} />
      {waiting > next && `, then ${formatCount(limit)} a day`}
      {minuteOf(lastAt) !== minuteOf(nextAt) && (
        <>
          , the last about <LocalTime value={lastAt} />
        </>
      )}
      , by themselves as people fall out of WhatsApp’s 24 hours.
    </p>
  );
}

/** As exactly as a time is shown. */
function minuteOf(time: string): number {
  return Math.floor(Date.parse(time) / 60_000);
}

function WindowLine({ wait: { waiting, next_at: at, places } }: { wait: CampaignWait }) {
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
