import { memo, Suspense, type ComponentProps } from 'react';
import { Recipients } from '@/components/recipients/recipients';
import type { RecipientFilter } from '@/components/recipients/recipient-filter';
import type { RecipientFilterState } from '@/components/recipients/use-recipient-filter';
import type { Campaign } from '@/lib/campaigns/schema';
import type { CampaignCost } from '@/lib/costs/schema';
import type { FailureGroup, RecipientPage } from '@/lib/recipients/schema';
import { Cost } from './cost';
import { Facts } from './facts';
import { Failures } from './failures';
import { Outcomes } from './outcomes';
import { isMoving } from './progress';
import { Speed } from './speed';
import { Timeline, type TimelineState } from './timeline';
import { Unconfirmed } from './unconfirmed';

interface CampaignSectionsProps {
  /** As it is shown: with the command under way obeyed. */
  campaign: Campaign;
  /** As it is known. */
  known: Campaign;
  language: string;
  filter: RecipientFilterState;
  /** The filter that `recipients` was read with. */
  initialFilter: RecipientFilter;
  recipients: RecipientPage;
  failures: FailureGroup[];
  timeline: TimelineState;
  cost: CampaignCost;
  /** When the server read all this, ms since 1970. */
  readAt: number;
}

/**
 * The parts of a campaign's page below what moves all the time: drawn anew only with the campaign they are given. Each
 * comes alive by itself: a phone would not answer while it did all at once.
 */
export const CampaignSections = memo(function CampaignSections(props: CampaignSectionsProps) {
  const { campaign, known, filter, readAt } = props;
  const hasSpeed = campaign.status !== 'completed' && campaign.status !== 'stopped';
  return (
    <>
      <Suspense>
        <Failures
          campaign={known}
          initial={props.failures}
          readAt={readAt}
          onShow={(errorCode) => filter.show({ status: 'failed', errorCode })}
        />
      </Suspense>
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <div className="min-w-0 space-y-6">
          <Suspense>
            <Outcomes campaign={campaign} onShow={(status) => filter.show({ status })} />
            <Unconfirmed campaign={known} />
          </Suspense>
          <Suspense>
            <Timeline timeline={props.timeline} />
          </Suspense>
        </div>
        <div className="min-w-0 space-y-6">
          <Suspense>
            {hasSpeed && <Speed campaign={known} />}
            <Cost campaign={known} initial={props.cost} readAt={readAt} />
            <Facts campaign={campaign} language={props.language} />
          </Suspense>
        </div>
      </div>
      <RecipientsAlone
        campaignId={campaign.id}
        filter={filter}
        initialFilter={props.initialFilter}
        firstPage={props.recipients}
        readAt={readAt}
        isMoving={isMoving(campaign)}
      />
    </>
  );
});

/** Not drawn anew with every count that the stream brings, nor before its turn to come alive. */
const RecipientsAlone = memo(function RecipientsAlone(props: ComponentProps<typeof Recipients>) {
  return (
    <Suspense>
      <Recipients {...props} />
    </Suspense>
  );
});
