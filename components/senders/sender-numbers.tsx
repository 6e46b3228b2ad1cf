'use client';

import type { ReactNode } from 'react';
import { formatCount } from '@/components/ui/numbers';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Sender } from '@/lib/senders/schema';
import { limitWords, throughputWords } from '@/lib/senders/words';
import { Health, Quality, WebhookHealth } from './badges';
import { useDailyUse } from './use-daily-use';

/** What WhatsApp says of the number, as of the last sync or report. */
export function SenderNumbers({ sender, readAt }: { sender: Sender; readAt: number }) {
  const daily = useDailyUse(sender);
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line lg:grid-cols-3 xl:grid-cols-6">
      <Cell word="Quality">
        <Quality rating={sender.quality_rating} />
      </Cell>
      <Cell word="Health">
        <Health health={sender.health} />
      </Cell>
      <Cell word="Daily limit">
        {limitWords(sender.messaging_limit)}
        {daily && (
          <span
            className="block font-normal text-muted"
            title="People written to in the last 24 hours, over all senders of this business portfolio"
          >
            {formatCount(daily.used)} used in 24 hours
          </span>
        )}
      </Cell>
      <Cell word="Throughput">{throughputWords(sender.throughput_level)}</Cell>
      <Cell word="Webhook">
        <WebhookHealth seenAt={sender.webhook_seen_at} readAt={readAt} />
      </Cell>
      <Cell word="Last sync">
        {sender.synced_at ? <TimeAgo value={sender.synced_at} readAt={readAt} /> : 'Never'}
      </Cell>
    </dl>
  );
}

function Cell({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="bg-surface p-4">
      <dt className="text-muted">{word}</dt>
      <dd className="mt-1 font-medium">{children}</dd>
    </div>
  );
}
