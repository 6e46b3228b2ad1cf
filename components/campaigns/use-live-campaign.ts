'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { useLatest } from '@/components/api/use-latest';
import type { Campaign } from '@/lib/campaigns/schema';
import { fetchCampaign } from './api';
import { putStreamed } from './campaign-cache';

const POLL_MS = 2_000;
/** A stream that comes back within this was not worth a word. */
const GRACE_MS = 1_500;
/** The server sends at least every 15 s: longer silence means a dead line that nobody has closed. */
const SILENCE_MS = 25_000;
const REOPEN_MS = 3_000;

export interface LiveCampaign {
  campaign: Campaign;
  isLive: boolean;
  /** When the numbers were last known to be true, ms since 1970. */
  updatedAt: number;
  isGone: boolean;
}

/** One campaign, pushed by the server; polled every 2 s while the stream is down. */
export function useLiveCampaign(initial: Campaign, readAt: number): LiveCampaign {
  const client = useQueryClient();
  const queryKey = queryKeys.campaign(initial.id);
  const isLive = useCampaignStream(initial.id, (campaign) => putStreamed(client, campaign));
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => fetchCampaign(initial.id, signal),
    initialData: initial,
    initialDataUpdatedAt: readAt,
    // Forgotten on leaving: whoever comes back starts from what the server has read just then.
    gcTime: 0,
    // The stream brings everything; without it every answer is old at once.
    staleTime: isLive ? Infinity : 0,
    refetchInterval: isLive ? false : POLL_MS,
    refetchOnMount: false,
  });
  return {
    campaign: query.data,
    isLive,
    updatedAt: query.dataUpdatedAt,
    isGone: query.error instanceof ApiError && query.error.status === 404,
  };
}

/**
 * Keeps one EventSource open, opens it anew when it is refused or silent, and when a tab comes back from the background:
 * it may have slept through what came, and the first thing a stream brings is how things stand. Returns whether it can
 * be trusted.
 */
function useCampaignStream(id: string, onCampaign: (campaign: Campaign) => void): boolean {
  const [isLive, setLive] = useState(true);
  const [round, setRound] = useState(0);
  const tell = useLatest(onCampaign);

  useEffect(() => {
    const source = new EventSource(`/api/campaigns/${id}/events`);
    let silence: ReturnType<typeof setTimeout> | undefined;
    let grace: ReturnType<typeof setTimeout> | undefined;
    let reopen: ReturnType<typeof setTimeout> | undefined;
    const lose = () => {
      grace ??= setTimeout(() => setLive(false), GRACE_MS);
    };
    const openAnew = () => {
      source.close();
      lose();
      reopen ??= setTimeout(() => setRound((n) => n + 1), REOPEN_MS);
    };
    const hear = () => {
      clearTimeout(silence);
      clearTimeout(grace);
      grace = undefined;
      silence = setTimeout(openAnew, SILENCE_MS);
      setLive(true);
    };
    source.addEventListener('campaign', (event: MessageEvent<string>) => {
      hear();
      tell.current(JSON.parse(event.data) as Campaign);
    });
    source.addEventListener('error', () => {
      // CLOSED: the browser has given up (a refusal, a 503); else it is trying again by itself.
      if (source.readyState === EventSource.CLOSED) openAnew();
      else lose();
    });
    silence = setTimeout(openAnew, SILENCE_MS);
    const look = () => {
      if (document.visibilityState === 'visible') setRound((n) => n + 1);
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      source.close();
      document.removeEventListener('visibilitychange', look);
      for (const timer of [silence, grace, reopen]) clearTimeout(timer);
    };
  }, [id, round, tell]);

  return isLive;
}
