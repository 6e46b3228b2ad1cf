'use client';

import { useRouter } from 'next/navigation';
import { memo, Suspense, useRef, type ComponentProps } from 'react';
import { Recipients } from '@/components/recipients/recipients';
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
import { Connection } from './connection';
import { Cost } from './cost';
import { Facts } from './facts';
import { Failures } from './failures';
import { Funnel } from './funnel';
import { NowPanel } from './now-panel';
import { Outcomes } from './outcomes';
import { isMoving } from './progress';
import { Speed } from './speed';
import { StatusBadge } from './status-badge';
import { Timeline, useTimeline } from './timeline';
import { Unconfirmed } from './unconfirmed';
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
  const { workers, readAt } = props;
  const router = useRouter();
  const live = useLiveCampaign(props.initial, readAt);
  const actions = useCampaignActions(live.campaign, () => router.push('/campaigns'));
  const campaign = actions.shown;
  const filter = useRecipientFilter(props.filter);
  const timeline = useTimeline(live.campaign, props.timeline, readAt);
  const rate = useRate(campaign);
  const standing = useStanding(campaign, { workers, rate, latest: timeline.data.pages[0]?.events[0] });
  useProgressTitle(live.campaign);
  const hasSpeed = campaign.status !== 'completed' && campaign.status !== 'stopped';
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
      {/* Each of these comes alive by itself: a phone would not answer while it did all at once. */}
      <Suspense>
        <Failures
          campaign={live.campaign}
          initial={props.failures}
          readAt={readAt}
          onShow={(errorCode) => filter.show({ status: 'failed', errorCode })}
        />
      </Suspense>
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <div className="min-w-0 space-y-6">
          <Suspense>
            <Outcomes campaign={campaign} onShow={(status) => filter.show({ status })} />
            <Unconfirmed campaign={live.campaign} />
          </Suspense>
          <Suspense>
            <Timeline query={timeline} />
          </Suspense>
        </div>
        <div className="min-w-0 space-y-6">
          <Suspense>
            {hasSpeed && <Speed campaign={live.campaign} />}
            <Cost campaign={live.campaign} initial={props.cost} readAt={readAt} />
            <Facts campaign={campaign} language={props.language} />
          </Suspense>
        </div>
      </div>
      <RecipientsAlone
        campaignId={campaign.id}
        filter={filter}
        initialFilter={props.filter}
        firstPage={props.recipients}
        readAt={readAt}
        isMoving={isMoving(campaign)}
      />
    </div>
  );
}

/** Not drawn anew with every count that the stream brings, nor before its turn to come alive. */
const RecipientsAlone = memo(function RecipientsAlone(props: ComponentProps<typeof Recipients>) {
  return (
    <Suspense>
      <Recipients {...props} />
    </Suspense>
  );
});

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
