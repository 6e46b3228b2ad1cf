'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '@/components/api/query-keys';
import type { Campaign } from '@/lib/campaigns/schema';
import { mayDo } from '@/lib/campaigns/status';
import { deleteCampaign, sendCampaign, setCampaignStatus } from './api';
import { dropCampaign, putCampaigns } from './campaign-cache';

export type Target = 'active' | 'paused' | 'stopped';

/** Shown at once, before the answer. */
export const UNDER_WAY_WORDS: Record<Target, string> = {
  active: 'Starting…',
  paused: 'Pausing…',
  stopped: 'Stopping…',
};

const FAILED_WORDS: Record<Target, string> = {
  active: 'The campaign was not started',
  paused: 'The campaign was not paused',
  stopped: 'The campaign was not stopped',
};

/**
 * The commands a person can give, with how the last one went. `shown` is the campaign as it will be once the
 * command under way is obeyed: it shows at once, and is gone again by itself when the command is refused.
 */
export function useCampaignActions(campaign: Campaign, onDeleted: () => void) {
  const client = useQueryClient();
  const move = useMutation({
    mutationFn: async (status: Target) => {
      if (status === 'active' && mayDo('send', campaign.status)) await sendCampaign(campaign.id);
      else await setCampaignStatus(campaign.id, status);
    },
    onMutate: () => campaign.updated_at,
    onSuccess: (_, status, updatedAt) => {
      const seen = client.getQueryData<Campaign>(queryKeys.campaign(campaign.id)) ?? campaign;
      // Changed since: the stream has brought what came of it, and perhaps what came after.
      if (seen.updated_at === updatedAt) putCampaigns(client, [moved(seen, status)]);
      return client.invalidateQueries({ queryKey: queryKeys.timeline(campaign.id) });
    },
    // A refusal mostly means that somebody else was first: show what is true now.
    onError: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.campaign(campaign.id) }),
        client.invalidateQueries({ queryKey: queryKeys.campaignLists }),
      ]),
  });
  const remove = useMutation({
    mutationFn: () => deleteCampaign(campaign.id),
    onSuccess: () => {
      dropCampaign(client, campaign.id);
      onDeleted();
    },
  });
  const failure = move.isError
    ? { title: FAILED_WORDS[move.variables], error: move.error }
    : remove.isError
      ? { title: 'The campaign was not deleted', error: remove.error }
      : null;
  const target = move.isPending ? move.variables : null;
  return {
    move,
    remove,
    failure,
    target,
    underWay: target && UNDER_WAY_WORDS[target],
    shown: target ? moved(campaign, target) : campaign,
  };
}

export type CampaignActionsState = ReturnType<typeof useCampaignActions>;

function moved(campaign: Campaign, status: Target): Campaign {
  return { ...campaign, status, paused_reason: null, start_missed_at: null };
}
