'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useRef } from 'react';
import { callApi, messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { countOf, formatCount } from '@/components/ui/numbers';
import { WhereShown } from '@/components/ui/where-shown';
import type { Campaign } from '@/lib/campaigns/schema';
import type { CampaignPage } from './campaign-cache';
import { CampaignCards } from './campaign-cards';
import { CampaignTable } from './campaign-table';
import { Connection } from './connection';
import { isFiltered, type CampaignFilters } from './list-filters';
import { useListRefresh } from './use-list-refresh';

interface CampaignListProps {
  filters: CampaignFilters;
  /** When the list begins, ISO 8601, as the server has read `filters.since`. */
  createdAfter: string | undefined;
  firstPage: CampaignPage;
  /** When the server read it, ms since 1970: going back may show an old page, which is then read anew. */
  readAt: number;
}

/** The campaigns, starting from the page the server has read; all that is listed is kept true in place. */
export function CampaignList(props: CampaignListProps) {
  const menuPlace = useRef<HTMLDivElement>(null);
  const query = useCampaigns(props);
  const { pages } = query.data;
  const campaigns = useMemo(() => pages.flatMap((page) => page.campaigns), [pages]);
  const refresh = useListRefresh(campaigns, props.readAt);
  const total = pages[0]?.total ?? campaigns.length;
  return (
    <div className="space-y-4">
      {query.isError && (
        <Banner look="danger" title="The list could not be read on" role="alert">
          {messageOf(query.error)}
        </Banner>
      )}
      <Connection {...refresh} />
      <Suspense>
        <WhereShown media="(width < 48rem)">
          <CampaignCards campaigns={campaigns} />
        </WhereShown>
      </Suspense>
      <Suspense>
        <WhereShown media="(width >= 48rem)">
          <CampaignTable campaigns={campaigns} menuPlace={menuPlace} />
        </WhereShown>
      </Suspense>
      <div ref={menuPlace} className="contents" />
      <div className="flex flex-col items-center gap-3">
        {query.hasNextPage && (
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load more
          </Button>
        )}
        <p role="status" className="text-muted">
          {totalWords(campaigns.length, total, isFiltered(props.filters))}
        </p>
      </div>
    </div>
  );
}

function totalWords(shown: number, total: number, filtered: boolean): string {
  const all = `${countOf(total, 'campaign')}${filtered ? ' found' : ''}`;
  return shown < total ? `${formatCount(shown)} of ${all}` : all;
}

function useCampaigns({ filters, createdAfter, firstPage, readAt }: CampaignListProps) {
  return useInfiniteQuery({
    queryKey: queryKeys.campaignList(filters),
    queryFn: ({ pageParam, signal }) => fetchCampaigns({ ...filters, createdAfter }, pageParam, signal),
    initialPageParam: null as string | null,
    // Forgotten on leaving: whoever comes back starts from what the server has read just then.
    gcTime: 0,
    initialData: { pages: [firstPage], pageParams: [null] },
    initialDataUpdatedAt: readAt,
    getNextPageParam: (page: CampaignPage) => page.nextCursor,
  });
}

async function fetchCampaigns(
  filters: CampaignFilters & { createdAfter: string | undefined },
  cursor: string | null,
  signal: AbortSignal,
): Promise<CampaignPage> {
  const { status, search, sort, createdAfter } = filters;
  const asked = { status, search, sort, created_after: createdAfter, cursor };
  const set = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const path = `/api/campaigns?${new URLSearchParams(set).toString()}`;
  const { body, headers } = await callApi<Campaign[]>(path, { signal });
  const total = headers.get('x-total-count');
  return {
    campaigns: body,
    nextCursor: headers.get('x-next-cursor'),
    total: total === null ? null : Number(total),
  };
}
