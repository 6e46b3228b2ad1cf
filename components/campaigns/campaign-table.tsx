import { FlaskConical } from 'lucide-react';
import Link from 'next/link';
import type { Campaign } from '@/lib/campaigns/schema';
import { Bar } from '@/components/ui/bar';
import { LocalTime } from '@/components/ui/local-time';
import { formatCount, formatShare } from '@/components/ui/numbers';
import { progressParts, settledCount } from './progress';
import { StatusBadge } from './status-badge';

/** From 768 px up; below that CampaignCards shows the same. */
export function CampaignTable({ campaigns }: { campaigns: Campaign[] }) {
  return (
    <div className="hidden overflow-hidden rounded-lg border bg-surface md:block">
      <table className="w-full table-fixed border-collapse text-start">
        <caption className="sr-only">Campaigns, newest first</caption>
        <thead className="border-b text-muted">
          <tr className="[&>th]:px-4 [&>th]:py-2.5 [&>th]:font-medium">
            <th scope="col" className="text-start">
              Name
            </th>
            <th scope="col" className="w-34 text-start">
              Status
            </th>
            <th scope="col" className="w-[22%] text-start">
              Progress
            </th>
            <th scope="col" className="w-26 text-end">
              Delivered
            </th>
            <th scope="col" className="w-22 text-end">
              Failed
            </th>
            <th scope="col" className="hidden w-44 text-end lg:table-cell">
              Created
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {campaigns.map((campaign) => (
            <Row key={campaign.id} campaign={campaign} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ campaign }: { campaign: Campaign }) {
  return (
    <tr className="relative transition-colors focus-within:bg-sunken hover:bg-sunken [&>td]:px-4 [&>td]:py-3">
      <td>
        <Link
          href={`/campaigns/${campaign.id}`}
          dir="auto"
          className="block truncate text-left font-medium rtl:text-right after:absolute after:inset-0"
        >
          {campaign.name}
        </Link>
        <SenderLine campaign={campaign} />
      </td>
      <td>
        <StatusBadge status={campaign.status} />
      </td>
      <td>
        <Bar parts={progressParts(campaign)} />
        <p className="mt-1 text-muted">
          {formatCount(settledCount(campaign))} of {formatCount(campaign.total_recipients)}
        </p>
      </td>
      <td className="text-end">{formatShare(campaign.delivered, campaign.sent)}</td>
      <td className="text-end">{formatCount(campaign.failed)}</td>
      <td className="hidden text-end text-muted lg:table-cell">
        <LocalTime value={campaign.created_at} />
      </td>
    </tr>
  );
}

export function SenderLine({ campaign }: { campaign: Campaign }) {
  return (
    <p className="flex min-w-0 items-center gap-1.5 text-muted">
      {campaign.sandbox && (
        <span className="inline-flex shrink-0 items-center gap-1 text-warn">
          <FlaskConical aria-hidden className="size-3.5" />
          Sandbox
        </span>
      )}
      <span className="truncate" dir="auto">
        {campaign.sender_name} · {campaign.template_name}
      </span>
    </p>
  );
}
