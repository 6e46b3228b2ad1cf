'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Download, FileUp, Plus } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import { Button, buttonLook } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { countOf } from '@/components/ui/numbers';
import { PageHeader } from '@/components/ui/page-header';
import type { OptOut, OptOutPage } from '@/lib/opt-outs/schema';
import { AddDialog } from './add-dialog';
import { fetchOptOuts, filterQuery, type OptOutFilters } from './api';
import { ContactFilters } from './contact-filters';
import { ImportDialog } from './import-dialog';
import { NothingFound, NothingYet, LookUp } from './nothing-found';
import { OptOutCards, OptOutTable } from './opt-out-rows';
import { RemoveDialog } from './remove-dialog';

interface DoNotContactProps {
  filters: OptOutFilters;
  firstPage: OptOutPage;
  /** When the server read it, ms since 1970. */
  readAt: number;
  /** The whole number (E.164) that was searched for; null when it was a part of one, or none. */
  lookUp: string | null;
}

/** The do-not-contact list with what can be done to it, starting from the page the server has read. */
export function DoNotContact({ filters, firstPage, readAt, lookUp }: DoNotContactProps) {
  const client = useQueryClient();
  const [asks, setAsks] = useState<'add' | 'import' | null>(null);
  const [leaving, setLeaving] = useState<OptOut | null>(null);
  const query = useInfiniteQuery({
    queryKey: queryKeys.optOutList(filters),
    queryFn: ({ pageParam, signal }) => fetchOptOuts(filters, pageParam, signal),
    initialPageParam: null as string | null,
    // Forgotten on leaving: whoever comes back starts from what the server has read just then.
    gcTime: 0,
    initialData: { pages: [firstPage], pageParams: [null] },
    initialDataUpdatedAt: readAt,
    getNextPageParam: (page: OptOutPage) => page.next_cursor,
  });
  const entries = query.data.pages.flatMap((page) => page.opt_outs);
  const total = query.data.pages[0]?.total ?? 0;
  const isFiltered = filters.search !== undefined || filters.source !== undefined;
  const refresh = () => void client.invalidateQueries({ queryKey: queryKeys.optOuts });
  const unlisted = lookUp !== null && !entries.some(({ phone }) => phone === lookUp) ? lookUp : null;

  return (
    <div className="space-y-6">
      <PageHeader
        title="Contacts"
        lead="Look anybody up by number. Whoever is on this list is never written to: each message checks it again just before it leaves."
        actions={
          <>
            <Button onClick={() => setAsks('import')}>
              <FileUp aria-hidden />
              Import a file
            </Button>
            <Button look="primary" onClick={() => setAsks('add')}>
              <Plus aria-hidden />
              Add numbers
            </Button>
          </>
        }
      />
      <ContactFilters {...filters} />
      {query.isRefetchError && (
        <Banner look="danger" title="The list could not be refreshed" role="alert">
          {messageOf(query.error)} What you see is from{' '}
          <LocalTime value={query.dataUpdatedAt} format="clock" />.
        </Banner>
      )}
      {unlisted !== null && <LookUp phone={unlisted} />}
      {entries.length > 0 && (
        <section aria-labelledby="do-not-contact" className="space-y-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h2 id="do-not-contact" className="font-semibold">
              {countOf(total, 'number')} {isFiltered ? 'found on' : 'on'} the do-not-contact list
            </h2>
            <a href={`/api/opt-outs.csv${filterQuery(filters)}`} download className={buttonLook()}>
              <Download aria-hidden />
              CSV
            </a>
          </div>
          <OptOutTable entries={entries} onRemove={setLeaving} />
          <OptOutCards entries={entries} onRemove={setLeaving} />
          {query.hasNextPage && (
            <div className="flex justify-center">
              <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Load more
              </Button>
            </div>
          )}
        </section>
      )}
      {entries.length === 0 && isFiltered && unlisted === null && <NothingFound filters={filters} />}
      {entries.length === 0 && !isFiltered && <NothingYet onAdd={() => setAsks('add')} />}
      <AddDialog
        open={asks === 'add'}
        onOpenChange={(open) => setAsks(open ? 'add' : null)}
        onDone={refresh}
      />
      <ImportDialog
        open={asks === 'import'}
        onOpenChange={(open) => setAsks(open ? 'import' : null)}
        onDone={refresh}
      />
      <RemoveDialog entry={leaving} onClose={() => setLeaving(null)} onDone={refresh} />
    </div>
  );
}
