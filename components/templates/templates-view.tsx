'use client';

import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { Sender } from '@/lib/senders/schema';
import type { Template } from '@/lib/templates/schema';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { LocalTime } from '@/components/ui/local-time';
import { PageHeader } from '@/components/ui/page-header';
import { fetchSenders, fetchTemplates } from './api';
import { filterTemplates, indexTemplates, NO_FILTERS, type TemplateFilters } from './filters';
import { SyncPanel } from './sync-panel';
import { TemplateDetails } from './template-details';
import { TemplateFilterBar } from './template-filters';
import { TemplateGrid } from './template-grid';
import { useFilters } from './use-filters';
import { useSync, type Sync } from './use-sync';

interface TemplatesViewProps {
  senders: Sender[];
  /** All of them, or the first ones of a very large account: the browser then reads the rest by itself. */
  templates: Template[];
  isComplete: boolean;
  filters: TemplateFilters;
  /** When the server read them, ms since 1970. */
  readAt: number;
}

/** The templates of all senders, starting from what the server has read. */
export function TemplatesView({ senders: firstSenders, readAt, ...first }: TemplatesViewProps) {
  const senders = useQuery({
    queryKey: queryKeys.senders,
    queryFn: ({ signal }) => fetchSenders(signal),
    initialData: firstSenders,
    initialDataUpdatedAt: readAt,
  });
  const templates = useQuery({
    queryKey: queryKeys.templates,
    queryFn: ({ signal }) => fetchTemplates(signal),
    // Forgotten on leaving: whoever comes back starts from what the server has read just then.
    gcTime: 0,
    ...(first.isComplete
      ? { initialData: first.templates, initialDataUpdatedAt: readAt }
      : { placeholderData: first.templates }),
  });
  const sync = useSync();
  const all = templates.data ?? first.templates;
  return (
    <div className="space-y-6">
      <PageHeader
        title="Templates"
        lead="The message templates of your WhatsApp accounts, shown with example values."
        actions={senders.data.length > 1 && <SyncAll senders={senders.data} sync={sync} />}
      />
      <SyncPanel senders={senders.data} sync={sync} />
      {templates.isError && (
        <Banner look="danger" title="The templates could not be refreshed" role="alert">
          {messageOf(templates.error)} What you see is from <LocalTime value={readAt} format="clock" />.
        </Banner>
      )}
      {all.length === 0 ? (
        <NoTemplates senders={senders.data} sync={sync} />
      ) : (
        <Browser
          templates={all}
          senders={senders.data}
          initialFilters={first.filters}
          isLoadingRest={templates.isPlaceholderData}
        />
      )}
    </div>
  );
}

function SyncAll({ senders, sync }: { senders: readonly Sender[]; sync: Sync }) {
  return (
    <Button busy={sync.isRunning} onClick={() => sync.start(senders.map(({ id }) => id))}>
      {!sync.isRunning && <RefreshCw aria-hidden />}
      Sync all
    </Button>
  );
}

function NoTemplates({ senders, sync }: { senders: readonly Sender[]; sync: Sync }) {
  const wasSynced = senders.some((sender) => sender.synced_at !== null);
  return (
    <EmptyState
      action={
        <Button look="primary" busy={sync.isRunning} onClick={() => sync.start(senders.map(({ id }) => id))}>
          {!sync.isRunning && <RefreshCw aria-hidden />}
          {wasSynced ? 'Sync again' : 'Fetch the templates'}
        </Button>
      }
    >
      {wasSynced
        ? 'Your WhatsApp account has no templates: make one in WhatsApp Manager, then sync again.'
        : 'No templates yet: fetch them from your WhatsApp account.'}
    </EmptyState>
  );
}

interface BrowserProps {
  templates: Template[];
  senders: Sender[];
  initialFilters: TemplateFilters;
  isLoadingRest: boolean;
}

function Browser({ templates, senders, initialFilters, isLoadingRest }: BrowserProps) {
  const [filters, setFilters] = useFilters(initialFilters);
  const [opened, setOpened] = useState<{ template: Template; open: boolean } | null>(null);
  const open = useCallback((template: Template) => setOpened({ template, open: true }), []);
  const indexed = useMemo(() => indexTemplates(templates), [templates]);
  const deferred = useDeferredValue(filters);
  const found = useMemo(() => filterTemplates(indexed, deferred), [indexed, deferred]);
  const names = useMemo(() => new Map(senders.map(({ id, name }) => [id, name])), [senders]);
  return (
    <>
      <TemplateFilterBar filters={filters} onChange={setFilters} templates={templates} senders={senders} />
      {found.length === 0 && !isLoadingRest ? (
        <EmptyState action={<Button onClick={() => setFilters(NO_FILTERS)}>Show all templates</Button>}>
          No template matches this search.
        </EmptyState>
      ) : (
        <TemplateGrid
          // A new search starts at the top again.
          key={JSON.stringify(deferred)}
          templates={found}
          total={templates.length}
          isLoadingRest={isLoadingRest}
          senderNames={names.size > 1 ? names : null}
          onDetails={open}
        />
      )}
      <TemplateDetails
        open={opened?.open ?? false}
        template={opened?.template ?? null}
        senderName={names.get(opened?.template.sender_id ?? '') ?? ''}
        onClose={() => setOpened((now) => now && { ...now, open: false })}
      />
    </>
  );
}
