'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import type { CountryCount } from '@/components/audience/types';
import { callApi } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import type { PlaceOpening } from '@/lib/send-window/schema';
import type { Sender } from '@/lib/senders/schema';

/** Windows open and close on the minute. */
const REFRESH_MS = 60_000;
/** As the API names numbers that belong to no country. */
const NO_COUNTRY = 'ZZ';

/** People of one country who would wait. */
export interface WaitingPlace {
  country: string | null;
  count: number;
  /** When they go on, and what the clocks show there then, where they show one time. */
  until: string | null;
  localTime: string | null;
}

/** Whom the sender's window would keep waiting; null while that is not known, or without a window. */
export function useOpenings(
  sender: Sender | null,
  countries: readonly CountryCount[],
  startsAt: number | null,
): WaitingPlace[] | null {
  const asked = [...new Set(countries.map(({ country }) => country ?? NO_COUNTRY))].sort().join();
  const isAsked = sender?.send_window && asked !== '';
  const { data } = useQuery({
    queryKey: queryKeys.openings(sender?.id ?? '', { asked, startsAt, window: sender?.send_window }),
    queryFn: isAsked ? ({ signal }) => fetchOpenings(sender.id, asked, startsAt, signal) : skipToken,
    refetchInterval: REFRESH_MS,
  });
  if (!data || !isAsked) return null;
  const openings = new Map(data.map((place) => [place.country, place]));
  return countries.flatMap(({ country, count }) => {
    const place = openings.get(country ?? NO_COUNTRY);
    if (!place || place.is_open) return [];
    return [{ country, count, until: place.changes_at, localTime: place.local_time }];
  });
}

async function fetchOpenings(
  senderId: string,
  countries: string,
  startsAt: number | null,
  signal: AbortSignal,
): Promise<PlaceOpening[]> {
  const query = new URLSearchParams({ countries });
  if (startsAt !== null) query.set('at', new Date(startsAt).toISOString());
  const path = `/api/senders/${senderId}/openings?${query.toString()}`;
  return (await callApi<{ places: PlaceOpening[] }>(path, { signal })).body.places;
}

/** How many of them wait. */
export function waitingSum(places: readonly WaitingPlace[] | null): number {
  return (places ?? []).reduce((sum, { count }) => sum + count, 0);
}
