'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { countOf } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { updateCampaign } from './api';
import { putCampaigns } from './campaign-cache';
import { RetryButton } from './retry-button';

const POLICIES = [
  { value: 'ask', word: 'Leave them to me', note: 'Nobody gets the message twice.' },
  {
    value: 'resend',
    word: 'Send again by itself',
    note: 'After 15 minutes of silence, while WhatsApp reports on others. A few may get two.',
  },
] as const;

/** Messages whose answer was lost: why, and what may be done about it. Nothing while there are none. */
export function Unconfirmed({ campaign }: { campaign: Campaign }) {
  const client = useQueryClient();
  // Shown at once: a mutation says that it is pending a moment later, and the choice would jump back and forth.
  const [chosen, setChosen] = useState<Campaign['unconfirmed_policy'] | null>(null);
  const change = useMutation({
    mutationFn: (unconfirmed_policy: 'ask' | 'resend') => updateCampaign(campaign.id, { unconfirmed_policy }),
    onSuccess: (changed) => {
      putCampaigns(client, [changed]);
      return client.invalidateQueries({ queryKey: queryKeys.timeline(campaign.id) });
    },
    onSettled: () => setChosen(null),
  });
  if (campaign.unconfirmed === 0) return null;
  const policy = chosen ?? campaign.unconfirmed_policy;
  return (
    <section aria-labelledby="unconfirmed">
      <h2 id="unconfirmed" className="mb-2 font-semibold">
        Unconfirmed
      </h2>
      <div className="space-y-4 rounded-lg border bg-surface p-4">
        <div>
          <p className="flex items-center gap-2 font-medium text-warn">
            <CircleHelp aria-hidden className="size-4 shrink-0" />
            {countOf(campaign.unconfirmed, 'message')} may or may not have arrived
          </p>
          <p className="mt-1 max-w-[70ch] text-muted">
            The request went out, but the answer was lost. A report from WhatsApp settles them, mostly within
            minutes. Until then Herald does not send again by itself, so that nobody gets the message twice.
          </p>
        </div>
        <RetryButton campaign={campaign} kind="unconfirmed" count={campaign.unconfirmed} verb="Send again">
          <p>These messages may have arrived already: whoever got the first one gets it twice.</p>
        </RetryButton>
        <fieldset>
          <legend className="mb-1 font-medium">When an answer is lost</legend>
          {POLICIES.map(({ value, word, note }) => (
            <label key={value} className="flex min-h-11 items-start gap-2.5 py-2 md:min-h-9 md:py-1.5">
              <input
                type="radio"
                name="unconfirmed-policy"
                value={value}
                checked={policy === value}
                onChange={() => {
                  setChosen(value);
                  change.mutate(value);
                }}
                className="mt-0.5 size-4 shrink-0 accent-accent"
              />
              <span>
                {word}
                <span className="block text-muted">{note}</span>
              </span>
            </label>
          ))}
          {change.isError && (
            <p role="alert" className="text-danger">
              {messageOf(change.error)}
            </p>
          )}
        </fieldset>
      </div>
    </section>
  );
}
