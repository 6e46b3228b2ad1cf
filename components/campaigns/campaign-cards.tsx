import { memo } from 'react';
import { StartLine } from '@/components/schedule/start-line';
import { Bar } from '@/components/ui/bar';
import { Button } from '@/components/ui/button';
import { formatCount, formatShare } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { toggleOf } from './campaign-actions';
import { ActionFailure, CampaignLink, SenderLine } from './campaign-name';
import { progressParts, settledCount } from './progress';
import { StatusBadge } from './status-badge';
import { useCampaignActions } from './use-campaign-actions';

/** Below 768 px; above that CampaignTable shows the same. */
export const CampaignCards = memo(function CampaignCards({ campaigns }: { campaigns: Campaign[] }) {
  return (
    <ul className="space-y-3 md:hidden">
      {campaigns.map((campaign) => (
        <Card key={campaign.id} campaign={campaign} />
      ))}
    </ul>
  );
});

/** Drawn anew only when its campaign has changed. */
const Card = memo(function Card({ campaign: known }: { campaign: Campaign }) {
  const { shown: campaign, ...actions } = useCampaignActions(known, () => undefined);
  // The one thing to do here is to hold or go on; whatever else is on the campaign's own page.
  const toggle = campaign.started_at ? toggleOf(campaign) : null;
  return (
    // A card that is not on the screen is not laid out yet.
    <li className="relative rounded-lg border bg-surface p-4 [contain-intrinsic-size:auto_9.5rem] [content-visibility:auto]">
      <div className="flex items-start justify-between gap-3">
        <CampaignLink campaign={campaign} className="min-w-0 text-base break-words" />
        <StatusBadge status={campaign.status} underWay={actions.underWay} />
      </div>
      <SenderLine campaign={campaign} />
      <StartLine campaign={campaign} />
      <Bar parts={progressParts(campaign)} className="mt-3" />
      <p className="mt-2 flex flex-wrap justify-between gap-x-4 text-muted">
        <span>
          {formatCount(settledCount(campaign))} of {formatCount(campaign.total_recipients)}
        </span>
        <span>{formatShare(campaign.delivered, campaign.sent)} delivered</span>
        <span>{formatCount(campaign.failed)} failed</span>
      </p>
      {(toggle || actions.target) && (
        <Button
          className="relative z-10 mt-3 w-full"
          busy={actions.target !== null}
          aria-label={toggle && !actions.target ? `${toggle.word} ${campaign.name}` : undefined}
          onClick={() => toggle && actions.move.mutate(toggle.target)}
        >
          {toggle && !actions.target && <toggle.icon aria-hidden />}
          {actions.underWay ?? toggle?.word}
        </Button>
      )}
      <ActionFailure failure={actions.failure} />
    </li>
  );
});
