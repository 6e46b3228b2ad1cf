import type { Metadata } from 'next';
import Link from 'next/link';
import { filtersToQuery, indexTemplates, readFilters } from '@/components/templates/filters';
import { TemplatesView } from '@/components/templates/templates-view';
import { buttonLook } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { readAs } from '@/lib/auth/read-as';
import { listSenders } from '@/lib/senders/queries';
import { listTemplates } from '@/lib/templates/queries';
import { requireUser } from '../require-user';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Templates' };

/** Sent with the page; of a larger account the browser reads the rest once the page is there. */
const MAX_IN_PAGE = 500;

export default async function TemplatesPage({ searchParams }: Props) {
  const params = await searchParams;
  const filters = readFilters((name) => {
    const value = params[name];
    return typeof value === 'string' ? value : undefined;
  });
  const user = await requireUser(`/templates${filtersToQuery(filters)}`);
  const [senders, templates] = await readAs(user, () =>
    Promise.all([listSenders(user.workspaceId), listTemplates(user.workspaceId)]),
  );
  if (senders.length === 0) return <NoSender />;
  const inOrder = indexTemplates(templates).map(({ template }) => template);
  return (
    <TemplatesView
      senders={senders}
      templates={inOrder.slice(0, MAX_IN_PAGE)}
      isComplete={inOrder.length <= MAX_IN_PAGE}
      filters={filters}
      readAt={Date.now()}
    />
  );
}

function NoSender() {
  return (
    <div className="space-y-6">
      <PageHeader title="Templates" />
      <EmptyState
        action={
          <Link href="/senders" prefetch={false} className={buttonLook('primary')}>
            Add a sender
          </Link>
        }
      >
        Templates come from a WhatsApp account: add a sender first, or try the sandbox.
      </EmptyState>
    </div>
  );
}
