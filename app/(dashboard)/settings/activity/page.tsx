import type { Metadata } from 'next';
import { Activity } from '@/components/audit/activity';
import { EmptyState } from '@/components/ui/empty-state';
import { listAuditEvents } from '@/lib/audit/queries';
import { readAs } from '@/lib/auth/read-as';
import { requireUser } from '../../require-user';

export const metadata: Metadata = { title: 'Activity' };

const PAGE_SIZE = 50;

export default async function ActivityPage() {
  const user = await requireUser('/settings/activity');
  const query = { workspaceId: user.workspaceId, limit: PAGE_SIZE };
  const firstPage = await readAs(user, () => listAuditEvents(query));
  return (
    <div className="space-y-4">
      <h2 className="sr-only">Activity</h2>
      <p className="max-w-[70ch] text-muted">
        Who changed senders, keys, passwords and the do-not-contact list. What happened to a campaign is on
        its own page.
      </p>
      {firstPage.events.length > 0 ? (
        <Activity firstPage={firstPage} readAt={Date.now()} />
      ) : (
        <EmptyState>Nothing has been changed yet; from the first change on, it is all here.</EmptyState>
      )}
    </div>
  );
}
