'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import type { Campaign } from '@/lib/campaigns/schema';
import { callApi, messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { CampaignCards } from './campaign-cards';
import { CampaignTable } from './campaign-table';
import { isMoving } from './progress';

export interface CampaignPage {
  campaigns: Campaign[];
  nextCursor: string | null;
}

export interface CampaignFilters {
  status?: string;
  search?: string;
}

interface CampaignListProps {
  filters: CampaignFilters;
  firstPage: CampaignPage;
  /** When the server read it, ms since 1970: going back may show an old page, which is then read anew. */
  readAt: number;
}

const REFRESH_MS = 2_000;

/** The campaigns, starting from the page the server has read; what is running is read again every 2 s. */
export function CampaignList({ filters, firstPage, readAt }: CampaignListProps) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.campaignList(filters),
    queryFn: ({ pageParam, signal }) => fetchCampaigns(filters, pageParam, signal),
    initialPageParam: null as string | null,
    // Forgotten on leaving: whoever comes back starts from what the server has read just then.
    gcTime: 0,
    initialData: { pages: [firstPage], pageParams: [null] },
    initialDataUpdatedAt: readAt,
    getNextPageParam: (page: CampaignPage) => page.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.campaigns.some(isMoving)) ? REFRESH_MS : false,
  });
  const campaigns = query.data.pages.flatMap((page) => page.campaigns);
  return (
    <div className="space-y-4">
      {query.isError && (
        <Banner look="danger" title="The list could not be refreshed" role="alert">
          {messageOf(query.error)} What you see is from{' '}
          <LocalTime value={query.dataUpdatedAt} format="clock" />.
        </Banner>
      )}
      <CampaignTable campaigns={campaigns} />
      <CampaignCards campaigns={campaigns} />
      {query.hasNextPage && (
        <div className="flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </div>
  );
}

async function fetchCampaigns(
  filters: CampaignFilters,
  cursor: string | null,
  signal: AbortSignal,
): Promise<CampaignPage> {
  const params = new URLSearchParams();
  if (filters.status) params.set('status', filters.status);
  if (filters.search) params.set('search', filters.search);
  if (cursor) params.set('cursor', cursor);
  const { body, headers } = await callApi<Campaign[]>(`/api/campaigns?${params.toString()}`, { signal });
  return { campaigns: body, nextCursor: headers.get('x-next-cursor') };
}
