'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { callApi, messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import type { AuditEvent, AuditPage } from '@/lib/audit/schema';
import { deedWords, detailWords } from './words';

interface ActivityProps {
  firstPage: AuditPage;
  /** When the server read it, ms since 1970. */
  readAt: number;
}

/** Who changed what in the workspace, newest first, page after page. */
export function Activity({ firstPage, readAt }: ActivityProps) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.auditEvents,
    queryFn: ({ pageParam, signal }) => fetchEvents(pageParam, signal),
    initialPageParam: null as string | null,
    gcTime: 0,
    initialData: { pages: [firstPage], pageParams: [null] },
    initialDataUpdatedAt: readAt,
    // One reads a log from where one stands: nothing moves under the eyes.
    refetchOnWindowFocus: false,
    getNextPageParam: (page: AuditPage) => page.next_cursor,
  });
  const events = query.data.pages.flatMap((page) => page.events);
  return (
    <div className="space-y-4">
      {query.isError && (
        <Banner look="danger" title="The activity could not be read" role="alert">
          {messageOf(query.error)} What was read before is still here.
        </Banner>
      )}
      <ol aria-label="Activity, newest first" className="divide-y rounded-lg border bg-surface">
        {events.map((event) => (
          <Row key={event.id} event={event} />
        ))}
      </ol>
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

function Row({ event }: { event: AuditEvent }) {
  const details = detailWords(event.detail);
  return (
    <li className="flex flex-col gap-x-6 gap-y-0.5 px-4 py-3 md:flex-row md:justify-between">
      <div className="min-w-0 break-words">
        <p>
          <bdi className="font-medium">{whoOf(event)}</bdi>{' '}
          <span className="text-muted">{deedWords(event.kind)}</span>{' '}
          <bdi className="font-medium">{event.subject}</bdi>
        </p>
        {details.length > 0 && (
          <p dir="auto" className="text-muted">
            {details.join(' · ')}
          </p>
        )}
      </div>
      <p className="shrink-0 text-muted">
        <LocalTime value={event.created_at} />
      </p>
    </li>
  );
}

function whoOf({ user }: AuditEvent): string {
  return user ? (user.name ?? user.email) : 'Herald';
}

async function fetchEvents(cursor: string | null, signal: AbortSignal): Promise<AuditPage> {
  const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
  return (await callApi<AuditPage>(`/api/audit-events${query}`, { signal })).body;
}
