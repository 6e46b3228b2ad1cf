'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { countOf } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { updateCampaign, type CampaignChange } from './api';
import { putCampaigns } from './campaign-cache';
import { SpeedField } from './speed-field';

const SETTLE_MS = 400;

type Speeds = Pick<CampaignChange, 'worker_count' | 'rate_limit'>;

/** The two speeds, also while the campaign runs. What is being set shows at once and is sent when the hand rests. */
export function Speed({ campaign }: { campaign: Campaign }) {
  const { chosen, choose, save } = useSpeeds(campaign);
  const own = campaign.sender_rate_limit;
  const rate = chosen.rate_limit ?? campaign.rate_limit;
  return (
    <section aria-labelledby="speed" className="print:hidden">
      <h2 id="speed" className="mb-2 font-semibold">
        Speed
      </h2>
      <div className="space-y-5 rounded-lg border bg-surface p-4">
        <SpeedField
          id="rate-limit"
          label="Messages a second"
          hint={
            own !== null && own < rate
              ? `The sender’s own limit is lower: ${countOf(own, 'message')} a second over all its campaigns. That one holds.`
              : 'At most so many start in any second.'
          }
          min={1}
          max={1000}
          value={rate}
          onChange={(value) => choose({ rate_limit: value })}
        />
        <SpeedField
          id="worker-count"
          label="Requests at once"
          hint="The workers: how many messages may wait for WhatsApp’s answer at the same time."
          min={1}
          max={100}
          value={chosen.worker_count ?? campaign.worker_count}
          onChange={(value) => choose({ worker_count: value })}
        />
        <p role="status" className="min-h-5 text-muted">
          {save.isPending ? 'Saving…' : save.isSuccess ? savedWords(campaign) : ''}
        </p>
        {save.isError && (
          <p role="alert" className="text-danger">
            The speed stays as it was. {messageOf(save.error)}
          </p>
        )}
      </div>
    </section>
  );
}

function savedWords({ status }: Campaign): string {
  return status === 'active' ? 'Saved; takes effect within 2 seconds.' : 'Saved.';
}

function useSpeeds(campaign: Campaign) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Speeds>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const save = useMutation({
    mutationFn: (speeds: Speeds) => updateCampaign(campaign.id, speeds),
    onSuccess: (changed) => {
      putCampaigns(client, [changed]);
      return client.invalidateQueries({ queryKey: queryKeys.timeline(campaign.id) });
    },
    // What was chosen since then is still to be saved.
    onSettled: (_, __, saved) => setChosen((now) => (now === saved ? {} : now)),
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  function choose(change: Speeds): void {
    const next = { ...chosen, ...change };
    setChosen(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => save.mutate(next), SETTLE_MS);
  }
  return { chosen, choose, save };
}
