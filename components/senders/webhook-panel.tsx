import { CopyButton } from '@/components/ui/copy-button';
import type { Sender } from '@/lib/senders/schema';
import { WebhookHealth } from './badges';
import { Panel } from './panel';

/** Where reports come in, and what to enter at Meta for it. */
export function WebhookPanel({ sender, readAt }: { sender: Sender; readAt: number }) {
  return (
    <Panel
      id="webhook"
      title="Webhook"
      lead={
        sender.sandbox
          ? 'The sandbox knows where to report: there is nothing to enter.'
          : 'In the Meta app open WhatsApp → Configuration, enter both, and subscribe to “messages”. Without it nobody is ever shown as delivered or read.'
      }
      action={<WebhookHealth seenAt={sender.webhook_seen_at} readAt={readAt} />}
    >
      <div className="space-y-4">
        <CopyLine word="Webhook URL" what="webhook URL" value={sender.webhook_url} />
        <CopyLine word="Verify token" what="verify token" value={sender.verify_token} />
      </div>
    </Panel>
  );
}

function CopyLine({ word, what, value }: { word: string; what: string; value: string }) {
  return (
    <div className="flex items-end justify-between gap-3">
      <div className="min-w-0">
        <p className="text-muted">{word}</p>
        <code className="font-mono text-[0.8125rem] break-all">{value}</code>
      </div>
      <CopyButton value={value} what={what} />
    </div>
  );
}
