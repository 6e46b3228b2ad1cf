'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { queryKeys } from '@/components/api/query-keys';
import type { Campaign } from '@/lib/campaigns/schema';
import type { CampaignEventEntry } from '@/lib/campaigns/timeline-schema';
import type { RateReading } from './rate-meter';
import { standingOf, type Standing } from './standing';

/** Where the campaign stands, from its live facts, its workers and its latest event. */
export function useStanding(
  campaign: Campaign,
  about: { workers: number | null; rate: RateReading; latest: CampaignEventEntry | undefined },
): Standing {
  // Read by the banner that says no worker is alive; here it is only looked at.
  const { data: workers = about.workers } = useQuery<number | null>({
    queryKey: queryKeys.health,
    initialData: about.workers,
    queryFn: skipToken,
  });
  return standingOf(campaign, {
    workers,
    idleMs: about.rate.idleMs,
    handedOver: handedOver(campaign, about.latest),
  });
}

/** Those waiting at the pause less those waiting now: they were on their way to WhatsApp already. */
function handedOver(campaign: Campaign, latest: CampaignEventEntry | undefined): number | null {
  const pending = latest?.kind === campaign.status ? latest.detail.pending : null;
  return typeof pending === 'number' ? pending - campaign.pending : null;
}
