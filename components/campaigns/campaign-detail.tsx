'use client';

import { useRouter } from 'next/navigation';
import { useDeferredValue, useRef } from 'react';
import type { RecipientFilter } from '@/components/recipients/recipient-filter';
import { useRecipientFilter } from '@/components/recipients/use-recipient-filter';
import { PlannedStart } from '@/components/schedule/planned-start';
import { BackLink } from '@/components/ui/back-link';
import { Variants } from '@/components/variants/variants';
import { useKeptFocus } from '@/components/ui/use-kept-focus';
import type { Campaign } from '@/lib/campaigns/schema';
import type { CampaignCost } from '@/lib/costs/schema';
import type { CampaignTimeline } from '@/lib/campaigns/timeline-schema';
import type { FailureGroup, RecipientPage } from '@/lib/recipients/schema';
import { CampaignActions } from './campaign-actions';
import { CampaignBanners } from './campaign-banners';
import { CampaignSections } from './campaign-sections';
import { Connection } from './connection';
import { Funnel } from './funnel';
import { NowPanel } from './now-panel';
import { StatusBadge } from './status-badge';
import { useTimeline } from './timeline';
import { useCampaignActions, type CampaignActionsState } from './use-campaign-actions';
import { useLiveCampaign, type LiveCampaign } from './use-live-campaign';
import { useProgressTitle } from './use-progress-title';
import { useRate } from './use-rate';
import { useStanding } from './use-standing';

interface CampaignDetailProps {
  initial: Campaign;
  /** Its template's language in English. */
  language: string;
  /** Worker processes alive when the page was made; null: not known. */
  workers: number | null;
  filter: RecipientFilter;
  recipients: RecipientPage;
  failures: FailureGroup[];
  timeline: CampaignTimeline;
  cost: CampaignCost;
  /** When the server read all this, ms since 1970. */
  readAt: number;
}

/** One campaign, live. */
export function CampaignDetail(props: CampaignDetailProps) {
  const { initial, workers, readAt } = props;
  const router = useRouter();
  const live = useLiveCampaign(initial, readAt);
  const actions = useCampaignActions(live.campaign, () => router.push('/campaigns'));
  const campaign = actions.shown;
  const filter = useRecipientFilter(props.filter);
  const timeline = useTimeline(live.campaign, props.timeline, readAt);
  const rate = useRate(campaign);
  const standing = useStanding(campaign, { workers, rate, latest: timeline.events[0] });
  useProgressTitle(live.campaign);
  // What the stream brings is shown above at once, and further down when there is time: drawn in the same turn, whatever
  // has not come alive there would have to, all of it in one task.
  const calm = {
    campaign: useDeferredValue(campaign),
    known: useDeferredValue(live.campaign),
    timeline: useDeferredValue(timeline),
  };
  return (
    <div className="space-y-6">
      <Header live={live} campaign={campaign} actions={actions} />
      <CampaignBanners live={{ ...live, campaign }} failure={actions.failure} />
      {campaign.status === 'scheduled' && (
        <PlannedStart
          campaign={campaign}
          isStarting={actions.target === 'active'}
          onStartNow={() => actions.move.mutate('active')}
        />
      )}
      <NowPanel campaign={campaign} standing={standing} rate={rate} />
      <Funnel campaign={campaign} />
      <Variants campaign={campaign} />
      <CampaignSections
        campaign={calm.campaign}
        known={calm.known}
        language={props.language}
        filter={filter}
        initialFilter={props.filter}
        recipients={props.recipients}
        failures={props.failures}
        timeline={calm.timeline}
        cost={props.cost}
        readAt={readAt}
      />
    </div>
  );
}

interface HeaderProps {
  live: LiveCampaign;
  campaign: Campaign;
  actions: CampaignActionsState;
}

function Header({ live, campaign, actions }: HeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useKeptFocus(heading);
  return (
    <div className="flex flex-col gap-3">
      <BackLink href="/campaigns">Campaigns</BackLink>
      <div className="flex flex-col gap-4 md:flex-row md:items-start md:justify-between">
        <div className="min-w-0">
          <h1
            ref={heading}
            tabIndex={-1}
            dir="auto"
            className="text-left text-xl font-semibold break-words rtl:text-right"
          >
            {campaign.name}
          </h1>
          <div className="mt-2 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
            <StatusBadge status={campaign.status} underWay={actions.underWay} />
            <Connection isLost={!live.isLive && !live.isGone} updatedAt={live.updatedAt} />
          </div>
        </div>
        <CampaignActions campaign={campaign} actions={actions} />
      </div>
    </div>
  );
}
