'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Ban, Download } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { BackLink } from '@/components/ui/back-link';
import { Banner } from '@/components/ui/banner';
import { Button, buttonLook } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { countOf } from '@/components/ui/numbers';
import { PageHeader } from '@/components/ui/page-header';
import type { Contact } from '@/lib/contacts/schema';
import type { OptOut } from '@/lib/opt-outs/schema';
import { AddDialog } from './add-dialog';
import { fetchContact } from './api';
import { ContactCampaigns } from './contact-campaigns';
import { ContactConsent } from './contact-consent';
import { ContactHistory } from './contact-history';
import { EraseDialog } from './erase-dialog';
import { RemoveDialog } from './remove-dialog';
import { SourceLabel } from './source-label';

interface ContactViewProps {
  initial: Contact;
  /** When the server read it, ms since 1970. */
  readAt: number;
}

/** What is known of one number, and what can be done about it. */
export function ContactView({ initial, readAt }: ContactViewProps) {
  const { phone } = initial;
  const [asks, setAsks] = useState<'add' | 'erase' | null>(null);
  const [leaving, setLeaving] = useState<OptOut | null>(null);
  const query = useInfiniteQuery({
    queryKey: queryKeys.contact(phone),
    queryFn: ({ pageParam, signal }) => fetchContact(phone, pageParam, signal),
    initialPageParam: null as string | null,
    gcTime: 0,
    initialData: { pages: [initial], pageParams: [null] },
    initialDataUpdatedAt: readAt,
    getNextPageParam: (page: Contact) => page.next_cursor,
  });
  const contact = query.data.pages[0] ?? initial;
  const campaigns = query.data.pages.flatMap((page) => page.campaigns);
  const refresh = () => void query.refetch();
  return (
    <div className="space-y-6">
      <div className="flex flex-col gap-3">
        <BackLink href="/contacts">Contacts</BackLink>
        <PageHeader
          title={phone}
          actions={
            <>
              <a href={`/api/contacts/${encodeURIComponent(phone)}/export`} download className={buttonLook()}>
                <Download aria-hidden />
                Export
              </a>
              <Button look="danger" onClick={() => setAsks('erase')}>
                Erase…
              </Button>
            </>
          }
        />
      </div>
      {query.isRefetchError && (
        <Banner look="danger" title="This could not be refreshed" role="alert">
          {messageOf(query.error)} What you see is from{' '}
          <LocalTime value={query.dataUpdatedAt} format="clock" />.
        </Banner>
      )}
      <Standing contact={contact} onAdd={() => setAsks('add')} onRemove={setLeaving} />
      <ContactConsent campaigns={campaigns} />
      <ContactCampaigns campaigns={campaigns} hasMore={query.hasNextPage} />
      {query.hasNextPage && (
        <div className="flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Look through older campaigns
          </Button>
        </div>
      )}
      <Messages messages={contact.messages} />
      <ContactHistory events={contact.history} />
      <AddDialog
        open={asks === 'add'}
        onOpenChange={(open) => setAsks(open ? 'add' : null)}
        phones={phone}
        onDone={refresh}
      />
      <RemoveDialog entry={leaving} onClose={() => setLeaving(null)} onDone={refresh} />
      <EraseDialog
        phone={phone}
        open={asks === 'erase'}
        onOpenChange={(open) => setAsks(open ? 'erase' : null)}
        onDone={refresh}
      />
    </div>
  );
}

interface StandingProps {
  contact: Contact;
  onAdd: () => void;
  onRemove: (entry: OptOut) => void;
}

/** May this number be written to, and why not. */
function Standing({ contact: { opt_out: entry }, onAdd, onRemove }: StandingProps) {
  return (
    <section
      aria-label="May this number be written to?"
      className="flex flex-col gap-4 rounded-lg border bg-surface p-4 md:flex-row md:items-start md:justify-between"
    >
      {entry ? (
        <div className="min-w-0 space-y-1">
          <p className="flex items-center gap-1.5 font-semibold text-danger">
            <Ban aria-hidden className="size-4" />
            Do not contact
          </p>
          <p>
            <SourceLabel source={entry.source} />
          </p>
          <p className="max-w-[70ch]">{entry.source_words}</p>
          <p dir="auto" className="max-w-[70ch] break-words text-muted">
            {entry.reason}
          </p>
          <p className="text-muted">
            Since <LocalTime value={entry.created_at} />
            {entry.added_by && <span dir="auto">, by {entry.added_by}</span>}
          </p>
        </div>
      ) : (
        <div>
          <p className="font-semibold">Not on the do-not-contact list</p>
          <p className="text-muted">Campaigns may write to this number.</p>
        </div>
      )}
      {entry ? (
        <Button onClick={() => onRemove(entry)}>Remove from the list</Button>
      ) : (
        <Button onClick={onAdd}>Add to the list</Button>
      )}
    </section>
  );
}

function Messages({ messages: { count, latest } }: { messages: Contact['messages'] }) {
  return (
    <section aria-labelledby="messages" className="space-y-3">
      <h2 id="messages" className="font-semibold">
        What they wrote
      </h2>
      {latest === null ? (
        <p className="text-muted">Nothing has come from this number.</p>
      ) : (
        <div className="rounded-lg border bg-surface p-4">
          <p className="text-muted">
            {countOf(count, 'message')}, the last one on <LocalTime value={latest.received_at} />
          </p>
          <p dir="auto" className="mt-1 max-w-[70ch] break-words whitespace-pre-line">
            {latest.text ?? `Without text (${latest.kind}).`}
          </p>
        </div>
      )}
    </section>
  );
}
