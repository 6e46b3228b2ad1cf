import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { SenderList } from '@/components/senders/sender-list';
import { buttonLook } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { readAs } from '@/lib/auth/read-as';
import { listSenders } from '@/lib/senders/queries';
import { requireUser } from '../require-user';

export const metadata: Metadata = { title: 'Senders' };

export default async function SendersPage() {
  const user = await requireUser('/senders');
  const senders = await readAs(user, () => listSenders(user.workspaceId));
  const isEmpty = senders.length === 0;
  return (
    <div className="space-y-6">
      <PageHeader
        title="Senders"
        lead="The WhatsApp Business numbers your campaigns go out from."
        actions={!isEmpty && <AddLink />}
      />
      {isEmpty ? (
        <EmptyState action={<AddLink />}>
          You have no sender yet: connect your WhatsApp Business number, or try the sandbox first.
        </EmptyState>
      ) : (
        <SenderList initial={senders} readAt={Date.now()} />
      )}
    </div>
  );
}

function AddLink() {
  return (
    <Link href="/senders/new" className={buttonLook('primary')}>
      <Plus aria-hidden />
      Add a sender
    </Link>
  );
}
