import {
  Archive,
  Ban,
  CircleCheck,
  CircleX,
  Clock,
  Pause,
  Scale,
  ShieldAlert,
  ShieldCheck,
  ShieldQuestionMark,
  ShieldX,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import { cn } from '@/components/ui/class-names';
import { statusWord } from './words';

const STATUSES: Readonly<Record<string, { icon: LucideIcon; className: string }>> = {
  APPROVED: { icon: CircleCheck, className: 'border-transparent bg-accent-soft text-accent' },
  PENDING: { icon: Clock, className: 'text-info' },
  IN_APPEAL: { icon: Scale, className: 'text-info' },
  REJECTED: { icon: CircleX, className: 'border-transparent bg-danger-soft text-danger' },
  PAUSED: { icon: Pause, className: 'border-warn-line bg-warn-soft text-warn' },
  DISABLED: { icon: Ban, className: 'border-transparent bg-danger-soft text-danger' },
  ARCHIVED: { icon: Archive, className: 'text-muted' },
};

/** A template's state at WhatsApp as word and icon. */
export function TemplateStatus({ status }: { status: string }) {
  const { icon: Icon, className } = STATUSES[status] ?? { icon: TriangleAlert, className: 'text-muted' };
  return (
    <span
      className={cn(
        'inline-flex shrink-0 items-center gap-1.5 rounded-full border px-2.5 py-0.5 text-[0.8125rem] font-medium whitespace-nowrap',
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {statusWord(status)}
    </span>
  );
}

const QUALITIES: Readonly<Record<string, { icon: LucideIcon; word: string; className: string }>> = {
  GREEN: { icon: ShieldCheck, word: 'High quality', className: 'text-accent' },
  YELLOW: { icon: ShieldAlert, word: 'Medium quality', className: 'text-warn' },
  RED: { icon: ShieldX, word: 'Low quality', className: 'text-danger' },
};

/** How people took to it, by WhatsApp's rating, which begins after some days of use. */
export function TemplateQuality({ score }: { score: string | null }) {
  const {
    icon: Icon,
    word,
    className,
  } = QUALITIES[score ?? ''] ?? {
    icon: ShieldQuestionMark,
    word: 'No quality rating yet',
    className: 'text-muted',
  };
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <Icon aria-hidden className="size-4" />
      {word}
    </span>
  );
}
