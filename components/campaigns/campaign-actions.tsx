'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pause, Play, Send, Square, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { queryKeys } from '@/components/api/query-keys';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { countOf } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { mayDo, type CampaignAction } from '@/lib/campaigns/status';
import { deleteCampaign, sendCampaign, setCampaignStatus } from './api';

type Target = 'active' | 'paused' | 'stopped';

/** Shown at once, before the answer. */
const UNDER_WAY_WORDS: Record<Target, string> = {
  active: 'Starting…',
  paused: 'Pausing…',
  stopped: 'Stopping…',
};

const FAILED_WORDS: Record<Target, string> = {
  active: 'The campaign was not started',
  paused: 'The campaign was not paused',
  stopped: 'The campaign was not stopped',
};

/** The commands a person can give, with how the last one went. */
export function useCampaignActions(campaign: Campaign) {
  const client = useQueryClient();
  const router = useRouter();
  const queryKey = queryKeys.campaign(campaign.id);
  const move = useMutation({
    mutationFn: async (status: Target) => {
      if (status === 'active' && mayDo('send', campaign.status)) await sendCampaign(campaign.id);
      else await setCampaignStatus(campaign.id, status);
    },
    onSuccess: (_, status) =>
      client.setQueryData<Campaign>(queryKey, (seen) => seen && { ...seen, status, paused_reason: null }),
    // A refusal mostly means that somebody else was first: show what is true now.
    onError: () => client.invalidateQueries({ queryKey }),
  });
  const remove = useMutation({
    mutationFn: () => deleteCampaign(campaign.id),
    onSuccess: () => router.push('/campaigns'),
  });
  const failure = move.isError
    ? { title: FAILED_WORDS[move.variables], error: move.error }
    : remove.isError
      ? { title: 'The campaign was not deleted', error: remove.error }
      : null;
  return { move, remove, failure, underWay: move.isPending ? UNDER_WAY_WORDS[move.variables] : null };
}

interface CampaignActionsProps {
  campaign: Campaign;
  actions: ReturnType<typeof useCampaignActions>;
}

/** What may be done to the campaign now, and nothing else. */
export function CampaignActions({ campaign, actions: { move, remove } }: CampaignActionsProps) {
  const [asks, setAsks] = useState<'stop' | 'delete' | null>(null);
  // While an answer is awaited the same buttons stay where they are; only one thing is done at a time.
  const allows = (action: CampaignAction) => mayDo(action, campaign.status);
  const isBusy = (target: Target) => move.isPending && move.variables === target;
  const isOther = (target: Target) => move.isPending && move.variables !== target;

  return (
    <>
      <div className="flex flex-wrap gap-2 [&>button]:flex-1 md:[&>button]:flex-none">
        {allows('activate') && (
          <Button
            look="primary"
            busy={isBusy('active')}
            disabled={isOther('active')}
            onClick={() => move.mutate('active')}
          >
            {campaign.started_at ? <Play aria-hidden /> : <Send aria-hidden />}
            {sendWord(campaign)}
          </Button>
        )}
        {allows('pause') && (
          <Button busy={isBusy('paused')} disabled={isOther('paused')} onClick={() => move.mutate('paused')}>
            <Pause aria-hidden />
            Pause
          </Button>
        )}
        {allows('stop') && campaign.status !== 'draft' && (
          <Button
            look="danger"
            busy={isBusy('stopped')}
            disabled={isOther('stopped')}
            onClick={() => setAsks('stop')}
          >
            <Square aria-hidden />
            Stop
          </Button>
        )}
        {allows('delete') && (
          <Button look="quiet" busy={remove.isPending} onClick={() => setAsks('delete')}>
            <Trash2 aria-hidden />
            Delete
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={asks === 'stop'}
        onOpenChange={(open) => setAsks(open ? 'stop' : null)}
        title={`Stop “${campaign.name}”?`}
        confirm="Stop for good"
        danger
        onConfirm={() => move.mutate('stopped')}
      >
        <p>
          <strong className="font-semibold text-ink">{countOf(campaign.pending, 'message')}</strong> will
          never be sent. What is already handed to WhatsApp still arrives. A stopped campaign cannot be
          resumed; pause it to go on later.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asks === 'delete'}
        onOpenChange={(open) => setAsks(open ? 'delete' : null)}
        title={`Delete “${campaign.name}”?`}
        confirm="Delete"
        danger
        onConfirm={() => remove.mutate()}
      >
        <p>
          The campaign is removed with its {countOf(campaign.total_recipients, 'recipient')} and their
          results. This cannot be undone.
        </p>
      </ConfirmDialog>
    </>
  );
}

function sendWord(campaign: Campaign): string {
  if (campaign.started_at) return 'Resume';
  return campaign.status === 'scheduled' ? 'Send now' : `Send ${countOf(campaign.pending, 'message')}`;
}
