'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import type { Campaign } from '@/lib/campaigns/schema';
import { putCampaigns } from './campaign-cache';
import { isMoving } from './progress';

const MOVING_MS = 2_000;
/** Another tab or person may start one. */
const RESTING_MS = 10_000;
/** The API answers for so many at once. */
const MAX_AT_ONCE = 200;

/** Keeps the listed campaigns true, all in one request, without moving a row. */
export function useListRefresh(campaigns: readonly Campaign[], readAt: number) {
  const client = useQueryClient();
  // Those that move first, should there be too many to ask for.
  const ids = [...campaigns]
    .sort((a, b) => Number(isMoving(b)) - Number(isMoving(a)))
    .slice(0, MAX_AT_ONCE)
    .map(({ id }) => id)
    .sort();
  const query = useQuery({
    queryKey: [...queryKeys.campaigns, 'listed', ids],
    queryFn: async ({ signal }) => {
      const path = `/api/campaigns?limit=${MAX_AT_ONCE}&ids=${ids.join(',')}`;
      const { body } = await callApi<Campaign[]>(path, { signal });
      putCampaigns(client, body);
      return body.length;
    },
    enabled: ids.length > 0,
    initialData: ids.length,
    initialDataUpdatedAt: readAt,
    staleTime: MOVING_MS,
    gcTime: 0,
    refetchInterval: campaigns.some(isMoving) ? MOVING_MS : RESTING_MS,
  });
  return { isLost: query.isError || query.failureCount > 0, updatedAt: query.dataUpdatedAt };
}
