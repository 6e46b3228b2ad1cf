'use client';

import { messageOf } from '@/components/api/request';
import type { MarketingRoute, Sender } from '@/lib/senders/schema';
import { Panel } from './panel';
import { useUpdateSender } from './use-sender';

const ROUTES: readonly { value: MarketingRoute; word: string; meaning: string }[] = [
  { value: 'messages', word: 'As every other message', meaning: 'By the Cloud API. The usual way.' },
  {
    value: 'marketing_messages',
    word: 'As marketing messages, or else the usual way',
    meaning: 'WhatsApp optimises whom they reach; what it cannot take so goes by the Cloud API.',
  },
  {
    value: 'marketing_messages_strict',
    word: 'As marketing messages only',
    meaning: 'What WhatsApp cannot take so fails.',
  },
];

/** By which of WhatsApp's endpoints this sender's marketing templates go out. */
export function MarketingPanel({ sender }: { sender: Sender }) {
  const update = useUpdateSender(sender.id);
  return (
    <Panel
      id="marketing"
      title="Marketing templates"
      lead="WhatsApp has an endpoint of its own for marketing; the account must be signed up for it in WhatsApp Manager. Running campaigns follow within 5 seconds."
    >
      <fieldset className="space-y-2" disabled={update.isPending}>
        <legend className="sr-only">How marketing templates are sent</legend>
        {ROUTES.map(({ value, word, meaning }) => (
          <label key={value} className="flex items-start gap-3 py-1">
            <input
              type="radio"
              name="marketing_route"
              value={value}
              checked={sender.marketing_route === value}
              className="mt-1 size-4 shrink-0 accent-accent"
              onChange={() => update.mutate({ marketing_route: value })}
            />
            <span>
              <span className="block">{word}</span>
              <span className="block text-muted">{meaning}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p role="status" className="text-accent">
        {update.isSuccess && 'Saved.'}
      </p>
      {update.isError && (
        <p role="alert" className="text-danger">
          {messageOf(update.error)}
        </p>
      )}
    </Panel>
  );
}
