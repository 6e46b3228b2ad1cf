import {
  CircleCheck,
  CircleDashed,
  CircleX,
  FlaskConical,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import { cn } from '@/components/ui/class-names';
import { formatCount } from '@/components/ui/numbers';
import { TimeAgo } from '@/components/ui/time-ago';
import { healthWords, qualityWords, statusWords, throughputOf, type Tone } from '@/lib/senders/words';

const ICONS: Record<Tone, LucideIcon> = {
  good: CircleCheck,
  careful: TriangleAlert,
  bad: CircleX,
  unknown: CircleDashed,
};

const COLOURS: Record<Tone, string> = {
  good: 'text-accent',
  careful: 'text-warn',
  bad: 'text-danger',
  unknown: 'text-muted',
};

const PILL =
  'inline-flex items-center gap-1.5 rounded-full border px-2.5 py-0.5 text-[0.8125rem] font-medium whitespace-nowrap';

/** Whether the number can send. */
export function SenderStatus({ status }: { status: string }) {
  const { word, tone } = statusWords(status);
  const Icon = ICONS[tone];
  return (
    <span className={cn(PILL, COLOURS[tone])}>
      <Icon aria-hidden className="size-3.5" />
      {word}
    </span>
  );
}

/** How people take to what the number sends. */
export function Quality({ rating }: { rating: string | null }) {
  return <Verdict {...qualityWords(rating)} />;
}

/** Whether WhatsApp lets it send. */
export function Health({ health }: { health: string | null }) {
  return <Verdict {...healthWords(health)} />;
}

function Verdict({ word, tone }: { word: string; tone: Tone }) {
  const Icon = ICONS[tone];
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className={cn('size-4 shrink-0', COLOURS[tone])} />
      {word}
    </span>
  );
}

/** Whether reports come in. A webhook that was silent for long is no fault: nothing may have been sent. */
export function WebhookHealth({ seenAt, readAt }: { seenAt: string | null; readAt: number }) {
  const Icon = ICONS[seenAt ? 'good' : 'unknown'];
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className={cn('size-4 shrink-0', COLOURS[seenAt ? 'good' : 'unknown'])} />
      {seenAt ? (
        <span>
          Seen <TimeAgo value={seenAt} readAt={readAt} />
        </span>
      ) : (
        'Never seen'
      )}
    </span>
  );
}

/** What WhatsApp lets the number send, beside what it is held to here. */
export function AllowedSpeed({ level }: { level: string | null }) {
  const perSecond = throughputOf(level);
  return perSecond === null ? null : (
    <span className="block text-muted">WhatsApp allows {formatCount(perSecond)}</span>
  );
}

export function SandboxBadge() {
  return (
    <span className={cn(PILL, 'border-warn-line bg-warn-soft text-warn')}>
      <FlaskConical aria-hidden className="size-3.5" />
      Sandbox
    </span>
  );
}
