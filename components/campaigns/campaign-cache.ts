import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { queryKeys } from '@/components/api/query-keys';
import type { Campaign } from '@/lib/campaigns/schema';

/** A page of the list as it is cached; the total is that of all pages, known from the first. */
export interface CampaignPage {
  campaigns: Campaign[];
  nextCursor: string | null;
  total: number | null;
}

/**
 * Puts what an answer told of some campaigns wherever they are shown; no row moves, comes or goes. One that was shown
 * changed later stays: the stream overtakes answers.
 */
export function putCampaigns(client: QueryClient, told: readonly Campaign[]): void {
  const byId = new Map(told.map((campaign) => [campaign.id, campaign]));
  for (const campaign of told)
    client.setQueryData<Campaign>(queryKeys.campaign(campaign.id), (seen) => seen && later(seen, campaign));
  client.setQueriesData<InfiniteData<CampaignPage>>({ queryKey: queryKeys.campaignLists }, (list) =>
    mapPages(list, (page) => ({
      ...page,
      campaigns: page.campaigns.map((seen) => later(seen, byId.get(seen.id) ?? seen)),
    })),
  );
}

/** Puts what the stream has brought. An answer still under way was asked for before: it would show an earlier state. */
export function putStreamed(client: QueryClient, campaign: Campaign): void {
  const queryKey = queryKeys.campaign(campaign.id);
  void client.cancelQueries({ queryKey, exact: true });
  client.setQueryData<Campaign>(queryKey, campaign);
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

/** Times of the API are of one form, so that their text sorts as they do. */
function later(seen: Campaign, told: Campaign): Campaign {
  return told.updated_at < seen.updated_at ? seen : told;
}

function mapPages(
  list: InfiniteData<CampaignPage> | undefined,
  change: (page: CampaignPage) => CampaignPage,
): InfiniteData<CampaignPage> | undefined {
  return list && { ...list, pages: list.pages.map(change) };
}
