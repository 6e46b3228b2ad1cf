import { WifiOff } from 'lucide-react';
import { LocalTime } from '@/components/ui/local-time';

interface ConnectionProps {
  isLost: boolean;
  /** When the numbers were last known to be true, ms since 1970. */
  updatedAt: number;
}

/** Says when the numbers may be old; silent while they come in live. */
export function Connection({ isLost, updatedAt }: ConnectionProps) {
  return (
    <p role="status" className="text-muted">
      {isLost && (
        <span className="inline-flex items-center gap-1.5">
          <WifiOff aria-hidden className="size-4" />
          <span>
            Reconnecting… last update <LocalTime value={updatedAt} format="clock" />
          </span>
        </span>
      )}
    </p>
  );
}
