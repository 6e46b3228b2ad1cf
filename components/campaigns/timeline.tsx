'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useMemo, useRef } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import type { Campaign } from '@/lib/campaigns/schema';
import type { CampaignEventEntry, CampaignTimeline } from '@/lib/campaigns/timeline-schema';
import { fetchTimeline } from './api';
import { eventWords } from './event-words';

export interface TimelineState {
  /** Newest first. */
  events: CampaignEventEntry[];
  error: Error | null;
  hasEarlier: boolean;
  isReadingEarlier: boolean;
  readEarlier: () => void;
}

/** Read with the page; every command and every act of the engine touches the campaign, and is then read too. */
export function useTimeline(campaign: Campaign, initial: CampaignTimeline, readAt: number): TimelineState {
  const client = useQueryClient();
  const { id, updated_at: updatedAt } = campaign;
  const seen = useRef(updatedAt);
  useEffect(() => {
    if (seen.current === updatedAt) return;
    seen.current = updatedAt;
    void client.invalidateQueries({ queryKey: queryKeys.timeline(id) });
  }, [client, id, updatedAt]);
  const query = useInfiniteQuery({
    queryKey: queryKeys.timeline(id),
    queryFn: ({ pageParam, signal }) => fetchTimeline(id, pageParam, signal),
    initialPageParam: null as string | null,
    initialData: { pages: [initial], pageParams: [null] },
    initialDataUpdatedAt: readAt,
    gcTime: 0,
    getNextPageParam: (page: CampaignTimeline) => page.next_cursor,
  });
  const { data, error, hasNextPage: hasEarlier, isFetchingNextPage: isReadingEarlier, fetchNextPage } = query;
  return useMemo(() => {
    const events = data.pages.flatMap((page) => page.events);
    return { events, error, hasEarlier, isReadingEarlier, readEarlier: () => void fetchNextPage() };
  }, [data, error, hasEarlier, isReadingEarlier, fetchNextPage]);
}

/** Who did what, and what Herald did by itself, newest first. */
export function Timeline({ timeline }: { timeline: TimelineState }) {
  const { events } = timeline;
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline" className="mb-2 font-semibold">
        Timeline
      </h2>
      {timeline.error && (
        <Banner look="danger" title="The timeline could not be refreshed" role="alert">
          {messageOf(timeline.error)}
        </Banner>
      )}
      <ol className="divide-y overflow-hidden rounded-lg border bg-surface">
        {events.map((event) => (
          <Entry key={event.id} event={event} />
        ))}
        {events.length === 0 && <li className="px-4 py-3 text-muted">Nothing has happened yet.</li>}
      </ol>
      {timeline.hasEarlier && (
        <Button className="mt-2" busy={timeline.isReadingEarlier} onClick={timeline.readEarlier}>
          Earlier
        </Button>
      )}
    </section>
  );
}

function Entry({ event }: { event: CampaignEventEntry }) {
  return (
    <li className="flex flex-wrap justify-between gap-x-6 px-4 py-2.5 md:flex-nowrap">
      <p className="min-w-0 max-w-[70ch] break-words">
        <span dir="auto" className="font-medium">
          {event.user?.name ?? 'Herald'}
        </span>{' '}
        {eventWords(event)}
        {event.kind === 'followed_up' && typeof event.detail.campaign_id === 'string' && (
          <>
            {': '}
            <Link
              href={`/campaigns/${event.detail.campaign_id}`}
              dir="auto"
              className="text-accent underline"
            >
              {String(event.detail.name)}
            </Link>
          </>
        )}
      </p>
      <p className="shrink-0 text-muted">
        <LocalTime value={event.at} />
      </p>
    </li>
  );
}
