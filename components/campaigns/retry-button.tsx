'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { notify } from '@/components/ui/notify';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { countOf, formatCount } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { retryCampaign } from './api';

interface RetryButtonProps {
  campaign: Campaign;
  kind: 'failed' | 'unconfirmed';
  /** How many it is about. */
  count: number;
  /** Of the failed only those with one of these codes. */
  errorCodes?: (number | null)[];
  /** As a verb: "Retry". */
  verb: string;
  /** What to know before saying yes. */
  children: ReactNode;
}

/** Puts failed or unconfirmed recipients back in the queue, after asking. Nothing where it is not possible. */
export function RetryButton({ campaign, kind, count, errorCodes, verb, children }: RetryButtonProps) {
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const retry = useMutation({
    mutationFn: () => retryCampaign(campaign.id, kind, errorCodes),
    onSuccess: (retried) => notify(`${countOf(retried, 'recipient')} put back in the queue.`),
    onSettled: () =>
      Promise.all(
        [
          queryKeys.campaign(campaign.id),
          queryKeys.failures(campaign.id),
          queryKeys.timeline(campaign.id),
          queryKeys.recipients(campaign.id),
        ].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
  const isPossible = ['active', 'paused', 'completed'].includes(campaign.status);
  if (!retry.isError && (count === 0 || !isPossible)) return null;
  return (
    <>
      <Button busy={retry.isPending} onClick={() => setAsks(true)}>
        <RotateCcw aria-hidden />
        {verb} {formatCount(count)}
      </Button>
      {retry.isError && (
        <p role="alert" className="text-danger">
          {messageOf(retry.error)}
        </p>
      )}
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={`${verb} ${countOf(count, 'message')}?`}
        confirm={verb}
        onConfirm={() => retry.mutate()}
      >
        {children}
        {campaign.status === 'completed' && <p>The campaign becomes active again.</p>}
        {campaign.status === 'paused' && <p>They are sent when you resume the campaign.</p>}
      </ConfirmDialog>
    </>
  );
}
