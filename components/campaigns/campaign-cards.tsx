import Link from 'next/link';
import type { Campaign } from '@/lib/campaigns/schema';
import { Bar } from '@/components/ui/bar';
import { formatCount, formatShare } from '@/components/ui/numbers';
import { SenderLine } from './campaign-table';
import { progressParts, settledCount } from './progress';
import { StatusBadge } from './status-badge';

/** Below 768 px; above that CampaignTable shows the same. */
export function CampaignCards({ campaigns }: { campaigns: Campaign[] }) {
  return (
    <ul className="space-y-3 md:hidden">
      {campaigns.map((campaign) => (
        <li key={campaign.id} className="relative rounded-lg border bg-surface p-4">
          <div className="flex items-start justify-between gap-3">
            <Link
              href={`/campaigns/${campaign.id}`}
              dir="auto"
              className="min-w-0 text-left text-base font-medium rtl:text-right break-words after:absolute after:inset-0"
            >
              {campaign.name}
            </Link>
            <StatusBadge status={campaign.status} />
          </div>
          <SenderLine campaign={campaign} />
          <Bar parts={progressParts(campaign)} className="mt-3" />
          <p className="mt-2 flex flex-wrap justify-between gap-x-4 text-muted">
            <span>
              {formatCount(settledCount(campaign))} of {formatCount(campaign.total_recipients)}
            </span>
            <span>{formatShare(campaign.delivered, campaign.sent)} delivered</span>
            <span>{formatCount(campaign.failed)} failed</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
