import type { ReactNode } from 'react';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Sender } from '@/lib/senders/schema';
import { limitWords, throughputWords } from '@/lib/senders/words';
import { Quality, WebhookHealth } from './badges';

/** What WhatsApp says of the number, as of the last sync or report. */
export function SenderNumbers({ sender, readAt }: { sender: Sender; readAt: number }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line lg:grid-cols-5">
      <Cell word="Quality">
        <Quality rating={sender.quality_rating} />
      </Cell>
      <Cell word="Daily limit">{limitWords(sender.messaging_limit)}</Cell>
      <Cell word="Throughput">{throughputWords(sender.throughput_level)}</Cell>
      <Cell word="Webhook">
        <WebhookHealth seenAt={sender.webhook_seen_at} readAt={readAt} />
      </Cell>
      <Cell word="Last sync" wide>
        {sender.synced_at ? <TimeAgo value={sender.synced_at} readAt={readAt} /> : 'Never'}
      </Cell>
    </dl>
  );
}

function Cell({ word, wide, children }: { word: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? 'col-span-2 bg-surface p-4 lg:col-span-1' : 'bg-surface p-4'}>
      <dt className="text-muted">{word}</dt>
      <dd className="mt-1 font-medium">{children}</dd>
    </div>
  );
}
