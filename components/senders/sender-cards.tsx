import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCount } from '@/components/ui/numbers';
import type { Sender } from '@/lib/senders/schema';
import { limitWords } from '@/lib/senders/words';
import { AllowedSpeed, Quality, SandboxBadge, SenderStatus, WebhookHealth } from './badges';

interface SenderCardsProps {
  senders: Sender[];
  readAt: number;
}

/** Below 1024 px; above that SenderTable shows the same. */
export function SenderCards({ senders, readAt }: SenderCardsProps) {
  return (
    <ul className="grid gap-3 md:grid-cols-2 lg:hidden">
      {senders.map((sender) => (
        <li key={sender.id} className="relative rounded-lg border bg-surface p-4 hover:bg-sunken">
          <div className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <Link
                data-entry
                href={`/senders/${sender.id}`}
                dir="auto"
                className="block text-left text-base font-medium break-words rtl:text-right after:absolute after:inset-0"
              >
                {sender.name}
              </Link>
              <p className="truncate text-muted">
                {sender.display_phone_number ?? `ID ${sender.phone_number_id}`}
              </p>
            </div>
            <div className="flex flex-col items-end gap-1.5">
              <SenderStatus status={sender.status} />
              {sender.sandbox && <SandboxBadge />}
            </div>
          </div>
          <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-2">
            <Fact word="Quality">
              <Quality rating={sender.quality_rating} />
            </Fact>
            <Fact word="Webhook">
              <WebhookHealth seenAt={sender.webhook_seen_at} readAt={readAt} />
            </Fact>
            <Fact word="Daily limit">{limitWords(sender.messaging_limit)}</Fact>
            <Fact word="Speed limit">
              {formatCount(sender.rate_limit)} a second
              <AllowedSpeed level={sender.throughput_level} />
            </Fact>
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{word}</dt>
      <dd>{children}</dd>
    </div>
  );
}
