import { WifiOff } from 'lucide-react';
import { LocalTime } from '@/components/ui/local-time';
import type { LiveCampaign } from './use-live-campaign';

/** Says when the numbers may be old; silent while they come in live. */
export function Connection({ live }: { live: LiveCampaign }) {
  return (
    <p role="status" className="text-muted">
      {!live.isLive && !live.isGone && (
        <span className="inline-flex items-center gap-1.5">
          <WifiOff aria-hidden className="size-4" />
          <span>
            Reconnecting… last update <LocalTime value={live.updatedAt} format="clock" />
          </span>
        </span>
      )}
    </p>
  );
}
