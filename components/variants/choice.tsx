'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { putCampaigns } from '@/components/campaigns/campaign-cache';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { LocalTime } from '@/components/ui/local-time';
import { countOf } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import type { VariantKey } from '@/lib/variants/keys';
import type { ShownHoldback, Variant } from '@/lib/variants/schema';
import { chooseWinner } from './api';
import { DECIDE_BY_WORDS, spanWords } from './words';

interface ChoiceProps {
  campaign: Campaign;
  holdback: ShownHoldback;
  variants: readonly Variant[];
}

/** Who waits for the choice, how it is made, and making it. */
export function Choice({ campaign, holdback, variants }: ChoiceProps) {
  const client = useQueryClient();
  const [asks, setAsks] = useState<VariantKey | null>(null);
  const choose = useMutation({
    mutationFn: (variant: VariantKey) => chooseWinner(campaign.id, variant),
    onSuccess: (changed) => {
      putCampaigns(client, [changed]);
      return client.invalidateQueries({ queryKey: queryKeys.timeline(campaign.id) });
    },
    // Mostly that somebody else, or the time, was first: show what is true now.
    onError: () => client.invalidateQueries({ queryKey: queryKeys.campaign(campaign.id) }),
  });
  const who = countOf(holdback.waiting, 'person', 'people');
  const mayChoose = holdback.winner === null && ['active', 'paused'].includes(campaign.status);
  return (
    <div className="space-y-2">
      <p className="max-w-[80ch]">
        {holdback.winner ? (
          <>
            {holdback.winner} was chosen
            {holdback.waiting > 0 ? `; ${who} still to be put in the queue.` : ' and goes to everybody else.'}
          </>
        ) : (
          <>
            {who} {holdback.waiting === 1 ? 'waits' : 'wait'} until a message is chosen. {howWords(holdback)}
            {mayChoose && holdback.decides_at && (
              <>
                {' '}
                That is at <LocalTime value={holdback.decides_at} />, unless you choose before.
              </>
            )}
          </>
        )}
      </p>
      {mayChoose && (
        <div className="flex flex-wrap gap-2 print:hidden">
          {variants.map(({ key }) => (
            <Button
              key={key}
              busy={choose.isPending && choose.variables === key}
              onClick={() => setAsks(key)}
            >
              Choose {key}
            </Button>
          ))}
        </div>
      )}
      {choose.isError && (
        <p role="alert" className="text-danger">
          {messageOf(choose.error)}
        </p>
      )}
      <ConfirmDialog
        open={asks !== null}
        onOpenChange={(open) => !open && setAsks(null)}
        title={`Send ${asks ?? ''} to ${who}?`}
        confirm="Choose it"
        onConfirm={() => asks && choose.mutate(asks)}
      >
        <p>
          Everybody who waits gets this message, and it cannot be taken back.
          {campaign.status === 'paused' ? ' Sending goes on when you resume the campaign.' : ''}
        </p>
      </ConfirmDialog>
    </div>
  );
}

function howWords({ after_minutes: minutes, decide_by: by, test_ended_at: ended }: ShownHoldback): string {
  if (minutes === null)
    return ended ? 'The test has been sent: choose when you know enough.' : 'You choose, by hand.';
  return `The one that more people ${DECIDE_BY_WORDS[by]} is chosen by itself ${spanWords(minutes)} after the test was sent, even if the difference may be chance.`;
}
