'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { queryKeys } from '@/components/api/query-keys';
import { callApi } from '@/components/api/request';
import type { DailyUse } from '@/lib/daily-limit/schema';
import { dailyLimitOf } from '@/lib/senders/messaging-limit';
import type { Sender } from '@/lib/senders/schema';

const REFRESH_MS = 15_000;

/** How much of a sender's daily limit is used; null while that is not known, or without a limit. */
export function useDailyUse(sender: Pick<Sender, 'id' | 'messaging_limit'> | null): DailyUse | null {
  const isLimited = sender !== null && dailyLimitOf(sender.messaging_limit) !== null;
  const { data } = useQuery({
    queryKey: queryKeys.dailyUse(sender?.id ?? ''),
    queryFn: isLimited
      ? async ({ signal }) =>
          (await callApi<DailyUse>(`/api/senders/${sender.id}/daily-limit`, { signal })).body
      : skipToken,
    refetchInterval: REFRESH_MS,
  });
  return isLimited ? (data ?? null) : null;
}
