import {
  Ban,
  Check,
  CheckCheck,
  CircleHelp,
  CircleX,
  Clock,
  Eye,
  Moon,
  Send,
  type LucideIcon,
} from 'lucide-react';
import type { RecipientStatus } from '@/lib/recipients/status';

const LOOKS: Record<RecipientStatus, { word: string; icon: LucideIcon; className: string }> = {
  pending: { word: 'Waiting', icon: Clock, className: 'text-muted' },
  sending: { word: 'Sending', icon: Send, className: 'text-muted' },
  sent: { word: 'Sent', icon: Check, className: 'text-ink' },
  delivered: { word: 'Delivered', icon: CheckCheck, className: 'text-ink' },
  read: { word: 'Read', icon: Eye, className: 'text-accent' },
  failed: { word: 'Failed', icon: CircleX, className: 'text-danger' },
  skipped: { word: 'Skipped', icon: Ban, className: 'text-muted' },
  unconfirmed: { word: 'Unconfirmed', icon: CircleHelp, className: 'text-warn' },
};

export function recipientStatusWord(status: RecipientStatus): string {
  return LOOKS[status].word;
}

/** A recipient's state as word and icon; of one that waits for its send window that it does. */
export function RecipientStatusLabel({
  status,
  waitsForWindow = false,
}: {
  status: RecipientStatus;
  waitsForWindow?: boolean;
}) {
  const look = LOOKS[status];
  const { word, icon: Icon, className } = waitsForWindow ? { ...look, icon: Moon } : look;
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${className}`}>
      <Icon aria-hidden className="size-4" />
      {word}
    </span>
  );
}
