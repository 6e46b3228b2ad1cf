import Link from 'next/link';
import { StatusBadge } from '@/components/campaigns/status-badge';
import { countOf } from '@/components/ui/numbers';
import type { Sender } from '@/lib/senders/schema';
import { Panel } from './panel';

/** The campaigns that cannot do without the sender. */
export function UsedByPanel({ sender }: { sender: Sender }) {
  const more = sender.campaigns_in_use - sender.campaigns.length;
  return (
    <Panel
      id="used-by"
      title="Campaigns that need it"
      lead={
        sender.campaigns.length === 0 && 'No draft, scheduled, running or paused campaign needs this sender.'
      }
    >
      {sender.campaigns.length > 0 && (
        <ul className="-mb-2.5 divide-y md:-mb-3 border-t">
          {sender.campaigns.map(({ id, name, status }) => (
            <li key={id} className="flex items-center justify-between gap-3 md:py-1">
              <Link
                href={`/campaigns/${id}`}
                dir="auto"
                title={name}
                className="min-w-0 truncate py-2.5 font-medium underline-offset-2 hover:underline"
              >
                {name}
              </Link>
              <StatusBadge status={status} />
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className="mt-4 text-muted">and {countOf(more, 'older one')}.</p>}
    </Panel>
  );
}
