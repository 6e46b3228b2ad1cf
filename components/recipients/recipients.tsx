'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { Suspense, useState } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { later, useOnceTrue } from '@/components/ui/later';
import { countOf } from '@/components/ui/numbers';
import type { RecipientPage } from '@/lib/recipients/schema';
import { fetchRecipients } from './api';
import type { RecipientFilter } from './recipient-filter';
import { RecipientFilters } from './recipient-filters';
import { RecipientTable } from './recipient-table';
import { LIST_ID, type RecipientFilterState } from './use-recipient-filter';

const RecipientSheet = later(async () => (await import('./recipient-sheet')).RecipientSheet);

const REFRESH_MS = 5_000;
/** Also when it has finished: reports come for days. */
const REFRESH_AT_REST_MS = 10_000;
/** Beyond this the list stands still while one reads: every refresh reads all pages anew. */
const MAX_REFRESHED_PAGES = 2;

interface RecipientsProps {
  campaignId: string;
  filter: RecipientFilterState;
  /** The filter that `firstPage` was read with. */
  initialFilter: RecipientFilter;
  firstPage: RecipientPage;
  /** When the server read it, ms since 1970. */
  readAt: number;
  /** The campaign is being sent: rows change by themselves. */
  isMoving: boolean;
}

/** A campaign's recipients: filtered, searched, read on as one scrolls; each opens with its history. */
export function Recipients(props: RecipientsProps) {
  const { campaignId, filter, isMoving } = props;
  const [opened, setOpened] = useState<string | null>(null);
  const wantsSheet = useOnceTrue(opened !== null);
  const query = useRecipients(props);
  const pages = query.data?.pages ?? [];
  const recipients = pages.flatMap((page) => page.recipients);
  const standsStill = isMoving && pages.length > MAX_REFRESHED_PAGES;
  const isFiltered = Object.values(filter.chosen).some((value) => value !== undefined);

  return (
    <section aria-labelledby="recipients-heading" id={LIST_ID} className="scroll-mt-4 space-y-3">
      <h2 id="recipients-heading" className="font-semibold">
        Recipients
      </h2>
      <RecipientFilters campaignId={campaignId} filter={filter} />
      {query.isError && (
        <Banner look="danger" title="The recipients could not be read" role="alert">
          <p>{messageOf(query.error)}</p>
          <Button className="mt-2" onClick={() => void query.refetch()}>
            Try again
          </Button>
        </Banner>
      )}
      {standsStill && (
        <Button look="quiet" busy={query.isRefetching} onClick={() => void query.refetch()}>
          <RefreshCw aria-hidden />
          Refresh: the list stands still while you read
        </Button>
      )}
      <div aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? 'opacity-60' : undefined}>
        <RecipientTable
          recipients={recipients}
          isFiltered={isFiltered}
          onOpen={setOpened}
          onEnd={() => {
            if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
          }}
        />
      </div>
      <p role="status" className="text-muted">
        {query.isFetchingNextPage
          ? 'Reading on…'
          : recipients.length > 0 &&
            `${countOf(recipients.length, 'recipient')}${query.hasNextPage ? ' so far; more as you scroll' : ''}`}
      </p>
      {wantsSheet && (
        <Suspense>
          <RecipientSheet campaignId={campaignId} recipientId={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </section>
  );
}

function useRecipients({ campaignId, filter, initialFilter, firstPage, readAt, isMoving }: RecipientsProps) {
  const { chosen } = filter;
  return useInfiniteQuery({
    queryKey: queryKeys.recipientList(campaignId, chosen),
    queryFn: ({ pageParam, signal }) => fetchRecipients(campaignId, chosen, pageParam, signal),
    initialPageParam: null as string | null,
    // Forgotten on leaving: whoever comes back starts from what the server has read just then.
    gcTime: 0,
    initialData: chosen === initialFilter ? { pages: [firstPage], pageParams: [null] } : undefined,
    initialDataUpdatedAt: readAt,
    placeholderData: keepPreviousData,
    getNextPageParam: (page: RecipientPage) => page.next_cursor,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) > MAX_REFRESHED_PAGES
        ? false
        : isMoving
          ? REFRESH_MS
          : REFRESH_AT_REST_MS,
  });
}
