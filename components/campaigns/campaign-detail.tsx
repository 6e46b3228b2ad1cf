'use client';

import Link from 'next/link';
import { ArrowLeft } from 'lucide-react';
import { messageOf } from '@/components/api/request';
import { Recipients } from '@/components/recipients/recipients';
import { Banner } from '@/components/ui/banner';
import { Bar } from '@/components/ui/bar';
import { formatCount, formatShare } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import type { RecipientPage } from '@/lib/recipients/schema';
import type { RecipientStatus } from '@/lib/recipients/status';
import { CampaignActions, useCampaignActions } from './campaign-actions';
import { Connection } from './connection';
import { Facts } from './facts';
import { Funnel } from './funnel';
import { Outcomes } from './outcomes';
import { isMoving, progressParts, settledCount, settledShare } from './progress';
import { StatusBadge } from './status-badge';
import { useLiveCampaign, type LiveCampaign } from './use-live-campaign';

interface CampaignDetailProps {
  initial: Campaign;
  recipientStatus: RecipientStatus | undefined;
  recipients: RecipientPage;
  /** When the server read all this, ms since 1970. */
  readAt: number;
}

/** One campaign, live. */
export function CampaignDetail(props: CampaignDetailProps) {
  const live = useLiveCampaign(props.initial, props.readAt);
  const { campaign } = live;
  const actions = useCampaignActions(campaign);
  return (
    <div className="space-y-6">
      <Link href="/campaigns" className="inline-flex min-h-6 items-center gap-1.5 text-muted hover:text-ink">
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        Campaigns
      </Link>
      <div className="flex flex-col gap-4 md:flex-row md:items-start md:justify-between">
        <div className="min-w-0">
          <h1 dir="auto" className="text-left text-xl font-semibold break-words rtl:text-right">
            {campaign.name}
          </h1>
          <div className="mt-2 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
            <StatusBadge status={campaign.status} underWay={actions.underWay} />
            <Connection live={live} />
          </div>
        </div>
        <CampaignActions campaign={campaign} actions={actions} />
      </div>
      <Banners live={live} failure={actions.failure} />
      <Progress campaign={campaign} />
      <Funnel campaign={campaign} />
      <div className="grid gap-6 lg:grid-cols-[3fr_2fr]">
        <Outcomes campaign={campaign} />
        <Facts campaign={campaign} />
      </div>
      <Recipients
        campaignId={campaign.id}
        status={props.recipientStatus}
        firstPage={props.recipients}
        readAt={props.readAt}
        isMoving={isMoving(campaign)}
      />
    </div>
  );
}

interface BannersProps {
  live: LiveCampaign;
  failure: { title: string; error: Error } | null;
}

function Banners({ live: { campaign, isGone }, failure }: BannersProps) {
  return (
    <div className="space-y-3 empty:hidden">
      {failure && (
        <Banner look="danger" title={failure.title} role="alert">
          {messageOf(failure.error)}
        </Banner>
      )}
      {isGone && (
        <Banner look="danger" title="This campaign was deleted" role="alert">
          What you see is its last state.
        </Banner>
      )}
      {campaign.sandbox && (
        <Banner look="sandbox" title="Sandbox sender">
          These messages go to the built-in stand-in for WhatsApp; nothing reaches a real phone.
        </Banner>
      )}
      {campaign.status === 'paused' && campaign.paused_reason && (
        <Banner look="warn" title="Herald paused this campaign" role="alert">
          {campaign.paused_reason}
        </Banner>
      )}
    </div>
  );
}

function Progress({ campaign }: { campaign: Campaign }) {
  const share = settledShare(campaign);
  const tenth = Math.floor(share * 10) * 10;
  return (
    <div>
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <p>
          <span className="text-base font-semibold">{formatCount(settledCount(campaign))}</span>{' '}
          <span className="text-muted">of {formatCount(campaign.total_recipients)} handled</span>
        </p>
        <p className="text-muted">{formatShare(settledCount(campaign), campaign.total_recipients)}</p>
      </div>
      <div
        role="progressbar"
        aria-label="Recipients handled"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
      >
        <Bar parts={progressParts(campaign)} className="h-2" />
      </div>
      {/* Progress bars are not live regions: this is read out, at every tenth only. */}
      <p role="status" className="sr-only">
        {campaign.status === 'active' ? `${tenth}% handled` : ''}
      </p>
    </div>
  );
}
