import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { queryKeys } from '@/components/api/query-keys';
import type { Campaign } from '@/lib/campaigns/schema';

/** A page of the list as it is cached; the total is that of all pages, known from the first. */
export interface CampaignPage {
  campaigns: Campaign[];
  nextCursor: string | null;
  total: number | null;
}

/** Puts what is known now of some campaigns wherever they are shown; no row moves, comes or goes. */
export function putCampaigns(client: QueryClient, known: readonly Campaign[]): void {
  const byId = new Map(known.map((campaign) => [campaign.id, campaign]));
  for (const campaign of known)
    client.setQueryData<Campaign>(queryKeys.campaign(campaign.id), (seen) => seen && campaign);
  client.setQueriesData<InfiniteData<CampaignPage>>({ queryKey: queryKeys.campaignLists }, (list) =>
    mapPages(list, (page) => ({ ...page, campaigns: page.campaigns.map((c) => byId.get(c.id) ?? c) })),
  );
}

/** Takes a deleted campaign out of every list. */
export function dropCampaign(client: QueryClient, id: string): void {
  client.setQueriesData<InfiniteData<CampaignPage>>({ queryKey: queryKeys.campaignLists }, (list) =>
    mapPages(list, (page) => ({
      ...page,
      total: page.total === null ? null : page.total - 1,
      campaigns: page.campaigns.filter((c) => c.id !== id),
    })),
  );
}

function mapPages(
  list: InfiniteData<CampaignPage> | undefined,
  change: (page: CampaignPage) => CampaignPage,
): InfiniteData<CampaignPage> | undefined {
  return list && { ...list, pages: list.pages.map(change) };
}
