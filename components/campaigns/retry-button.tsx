'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { countOf, formatCount } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { retryCampaign } from './api';

type Kind = 'failed' | 'unconfirmed';

const WORDS = {
  failed: {
    button: 'Retry',
    warning: 'WhatsApp has refused these messages; most refusals stay, so look at the reasons first.',
  },
  unconfirmed: {
    button: 'Send again',
    warning: 'These messages may have arrived already: whoever got the first one gets it twice.',
  },
} as const;

/** Puts the failed or the unconfirmed back in the queue, after asking. Nothing where it is not possible. */
export function RetryButton({ campaign, kind }: { campaign: Campaign; kind: Kind }) {
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const retry = useMutation({
    mutationFn: () => retryCampaign(campaign.id, kind),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.campaign(campaign.id) }),
        client.invalidateQueries({ queryKey: queryKeys.recipients(campaign.id) }),
      ]),
  });
  const count = campaign[kind];
  const isPossible = ['active', 'paused', 'completed'].includes(campaign.status);
  if (!retry.isError && (count === 0 || !isPossible)) return null;
  const { button, warning } = WORDS[kind];
  return (
    <>
      <Button className="mt-2" busy={retry.isPending} onClick={() => setAsks(true)}>
        <RotateCcw aria-hidden />
        {button} {formatCount(count)}
      </Button>
      {retry.isError && (
        <p role="alert" className="mt-1 text-danger">
          {messageOf(retry.error)}
        </p>
      )}
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={`${button} ${countOf(count, 'message')}?`}
        confirm={button}
        onConfirm={() => retry.mutate()}
      >
        <p>{warning}</p>
        {campaign.status === 'completed' && <p>The campaign becomes active again.</p>}
        {campaign.status === 'paused' && <p>They are sent when you resume the campaign.</p>}
      </ConfirmDialog>
    </>
  );
}
