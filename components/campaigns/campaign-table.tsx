import { memo, type RefObject } from 'react';
import { StartLine } from '@/components/schedule/start-line';
import { Bar } from '@/components/ui/bar';
import { LocalTime } from '@/components/ui/local-time';
import { formatCount, formatShare } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { CampaignMenu } from './campaign-menu';
import { ActionFailure, CampaignLink, SenderLine } from './campaign-name';
import { progressParts, settledCount } from './progress';
import { StatusBadge } from './status-badge';
import { useCampaignActions } from './use-campaign-actions';

interface MenuPlace {
  /** Where a row's menu opens: inside the page's landmark. */
  menuPlace: RefObject<HTMLDivElement | null>;
}

/** From 768 px up; below that CampaignCards shows the same. */
export const CampaignTable = memo(function CampaignTable({
  campaigns,
  menuPlace,
}: MenuPlace & { campaigns: Campaign[] }) {
  return (
    <div className="hidden overflow-hidden rounded-lg border bg-surface md:block">
      <table className="w-full table-fixed border-collapse text-start">
        <caption className="sr-only">Campaigns</caption>
        <thead className="border-b text-muted">
          <tr className="[&>th]:px-4 [&>th]:py-2.5 [&>th]:font-medium">
            <th scope="col" className="text-start">
              Name
            </th>
            <th scope="col" className="w-34 text-start">
              Status
            </th>
            <th scope="col" className="w-[20%] text-start">
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
            <th scope="col" className="w-16">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {campaigns.map((campaign) => (
            <Row key={campaign.id} campaign={campaign} menuPlace={menuPlace} />
          ))}
        </tbody>
      </table>
    </div>
  );
});

/** Drawn anew only when its campaign has changed. */
const Row = memo(function Row({ campaign: known, menuPlace }: MenuPlace & { campaign: Campaign }) {
  const actions = useCampaignActions(known, () => undefined);
  const campaign = actions.shown;
  return (
    <tr className="relative transition-colors focus-within:bg-sunken hover:bg-sunken [&>td]:px-4 [&>td]:py-3">
      <td>
        <CampaignLink campaign={campaign} className="truncate" />
        <SenderLine campaign={campaign} />
        <StartLine campaign={campaign} />
        <ActionFailure failure={actions.failure} />
      </td>
      <td>
        <StatusBadge status={campaign.status} underWay={actions.underWay} />
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
      <td className="text-end print:invisible">
        <CampaignMenu campaign={campaign} actions={actions} place={menuPlace} />
      </td>
    </tr>
  );
});
