import Link from 'next/link';
import { messageOf } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';
import type { LiveCampaign } from './use-live-campaign';

interface CampaignBannersProps {
  live: LiveCampaign;
  failure: { title: string; error: Error } | null;
}

/** What a person must know about the campaign before its numbers. */
export function CampaignBanners({ live: { campaign, isGone }, failure }: CampaignBannersProps) {
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
          {campaign.paused_reason}{' '}
          <Link href={`/senders/${campaign.sender_id}#brakes`} className="underline underline-offset-2">
            When this sender pauses
          </Link>
        </Banner>
      )}
    </div>
  );
}
