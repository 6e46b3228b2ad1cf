'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { callApi, messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import { Button, buttonLook } from '@/components/ui/button';
import type { RecipientPage } from '@/lib/recipients/schema';
import { RECIPIENT_STATUSES, type RecipientStatus } from '@/lib/recipients/status';
import { recipientStatusWord } from './recipient-status';
import { RecipientTable } from './recipient-table';

const REFRESH_MS = 5_000;
/** Beyond this the list stands still while one reads: every refresh reads all pages anew. */
const MAX_REFRESHED_PAGES = 2;

interface RecipientsProps {
  campaignId: string;
  status: RecipientStatus | undefined;
  firstPage: RecipientPage;
  /** When the server read it, ms since 1970. */
  readAt: number;
  /** The campaign is being sent: rows change by themselves. */
  isMoving: boolean;
}

/** A campaign's recipients by status, page after page. */
export function Recipients(props: RecipientsProps) {
  const { campaignId, status: initialStatus, firstPage, readAt, isMoving } = props;
  const [status, setStatus] = useState(initialStatus);
  const query = useInfiniteQuery({
    queryKey: queryKeys.recipientList(campaignId, { status }),
    queryFn: ({ pageParam, signal }) => fetchRecipients(campaignId, status, pageParam, signal),
    initialPageParam: null as string | null,
    // Forgotten on leaving: whoever comes back starts from what the server has read just then.
    gcTime: 0,
    initialData: status === initialStatus ? { pages: [firstPage], pageParams: [null] } : undefined,
    initialDataUpdatedAt: readAt,
    placeholderData: keepPreviousData,
    getNextPageParam: (page: RecipientPage) => page.next_cursor,
    refetchInterval: ({ state }) =>
      isMoving && (state.data?.pages.length ?? 0) <= MAX_REFRESHED_PAGES ? REFRESH_MS : false,
  });
  const recipients = query.data?.pages.flatMap((page) => page.recipients) ?? [];

  function choose(value: string): void {
    const chosen = RECIPIENT_STATUSES.find((known) => known === value);
    setStatus(chosen);
    window.history.replaceState(null, '', chosen ? `?status=${chosen}` : window.location.pathname);
  }

  return (
    <section aria-labelledby="recipients" className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="recipients" className="font-semibold">
          Recipients
        </h2>
        <div className="flex gap-2">
          <select
            aria-label="Status of the recipients"
            value={status ?? ''}
            onChange={(event) => choose(event.target.value)}
            className="h-11 rounded-lg border border-line-strong bg-surface px-3 text-base md:h-9 md:text-sm"
          >
            <option value="">All</option>
            {RECIPIENT_STATUSES.map((value) => (
              <option key={value} value={value}>
                {recipientStatusWord(value)}
              </option>
            ))}
          </select>
          <a
            href={`/api/campaigns/${campaignId}/recipients.csv${status ? `?status=${status}` : ''}`}
            download
            className={buttonLook()}
          >
            <Download aria-hidden />
            CSV
          </a>
        </div>
      </div>
      {query.isError && (
        <Banner look="danger" title="The recipients could not be read" role="alert">
          {messageOf(query.error)}
        </Banner>
      )}
      <div aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? 'opacity-60' : undefined}>
        <RecipientTable recipients={recipients} isFiltered={status !== undefined} />
      </div>
      {query.hasNextPage && (
        <div className="flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </section>
  );
}

async function fetchRecipients(
  campaignId: string,
  status: RecipientStatus | undefined,
  cursor: string | null,
  signal: AbortSignal,
): Promise<RecipientPage> {
  const params = new URLSearchParams();
  if (status) params.set('status', status);
  if (cursor) params.set('cursor', cursor);
  const path = `/api/campaigns/${campaignId}/recipients?${params.toString()}`;
  return (await callApi<RecipientPage>(path, { signal })).body;
}
