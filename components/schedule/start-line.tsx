import { TriangleAlert } from 'lucide-react';
import { LocalTime } from '@/components/ui/local-time';
import { useNow } from '@/components/ui/use-now';
import type { Campaign } from '@/lib/campaigns/schema';
import { askTitle, startWords } from './start-words';

const TICK_MS = 20_000;

/** Of a scheduled campaign in a list: when it starts, or that it asks; nothing of any other. */
export function StartLine({
  campaign: { status, scheduled_at: planned, start_missed_at: missed, paused_reason: held },
}: {
  campaign: Campaign;
}) {
  const now = useNow(TICK_MS);
  if (status !== 'scheduled' || planned === null) return null;
  const leftMs = now === null ? null : Date.parse(planned) - now;
  if (missed !== null)
    return (
      <p className="flex items-start gap-1.5 text-warn">
        <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        <span>{askTitle({ isHeld: held !== null, lateMs: leftMs && -leftMs })}</span>
      </p>
    );
  return (
    <p className="text-info">
      Starts <LocalTime value={planned} />
      {leftMs !== null && `, ${startWords(leftMs)}`}
    </p>
  );
}
