import {
  Ban,
  CalendarClock,
  CheckCheck,
  LoaderCircle,
  Pause,
  PencilLine,
  Send,
  type LucideIcon,
} from 'lucide-react';
import type { CampaignStatus } from '@/lib/campaigns/status';
import { cn } from '@/components/ui/class-names';

const LOOKS: Record<CampaignStatus, { word: string; icon: LucideIcon; className: string }> = {
  draft: { word: 'Draft', icon: PencilLine, className: 'text-muted' },
  scheduled: { word: 'Scheduled', icon: CalendarClock, className: 'text-info' },
  active: { word: 'Sending', icon: Send, className: 'border-transparent bg-accent-soft text-accent' },
  paused: { word: 'Paused', icon: Pause, className: 'border-warn-line bg-warn-soft text-warn' },
  completed: { word: 'Completed', icon: CheckCheck, className: 'text-accent' },
  stopped: { word: 'Stopped', icon: Ban, className: 'text-muted' },
};

/** A campaign's state as word and icon; `underWay` says what it is about to become. */
export function StatusBadge({ status, underWay }: { status: CampaignStatus; underWay?: string | null }) {
  const { word, icon, className } = LOOKS[status];
  const Icon = underWay ? LoaderCircle : icon;
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 rounded-full border px-2.5 py-0.5 text-[0.8125rem] font-medium whitespace-nowrap',
        className,
      )}
    >
      <Icon aria-hidden className={cn('size-3.5', underWay && 'animate-spin')} />
      {underWay ?? word}
    </span>
  );
}
