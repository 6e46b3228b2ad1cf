import {
  Ban,
  Check,
  CheckCheck,
  CircleHelp,
  CircleX,
  Clock,
  Eye,
  Moon,
  MousePointerClick,
  Reply,
  Send,
  type LucideIcon,
} from 'lucide-react';
import type { Recipient } from '@/lib/recipients/schema';
import type { RecipientResponse, RecipientStatus } from '@/lib/recipients/status';

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

const RESPONSES: Record<RecipientResponse, { word: string; icon: LucideIcon; className: string }> = {
  replied: { word: 'Replied', icon: Reply, className: 'text-accent' },
  opted_out: { word: 'Opted out', icon: Ban, className: 'text-danger' },
  clicked: { word: 'Clicked', icon: MousePointerClick, className: 'text-accent' },
};

export function recipientResponseWord(response: RecipientResponse): string {
  return RESPONSES[response].word;
}

/** The most telling of what the person did after the message, if anything. */
export function ResponseLabel({ recipient }: { recipient: Recipient }) {
  const { opted_out_at: optedOut, replied_at: replied, clicked_at: clicked } = recipient;
  const response = optedOut ? 'opted_out' : replied ? 'replied' : clicked ? 'clicked' : null;
  if (response === null) return null;
  const { word, icon: Icon, className } = RESPONSES[response];
  return (
    <span className={`flex items-center gap-1.5 whitespace-nowrap ${className}`}>
      <Icon aria-hidden className="size-4" />
      {word}
    </span>
  );
}
