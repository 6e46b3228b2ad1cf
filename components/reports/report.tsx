import { Download } from 'lucide-react';
import { BackLink } from '@/components/ui/back-link';
import { buttonLook } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import type { Campaign } from '@/lib/campaigns/schema';
import type { CampaignTimeline } from '@/lib/campaigns/timeline-schema';
import type { CampaignCost } from '@/lib/costs/schema';
import type { FailureGroup } from '@/lib/recipients/schema';
import type { CampaignHours } from '@/lib/reports/schema';
import type { Template } from '@/lib/templates/schema';
import { AudienceSection } from './audience-section';
import { CostSection } from './cost-section';
import { FailuresSection } from './failures-section';
import { FunnelSection } from './funnel-section';
import { HoursSection } from './hours-section';
import { MessageSection } from './message-section';
import { PrintButton } from './print-button';
import { TimelineSection } from './timeline-section';
import { VariantsSection } from './variants-section';

interface ReportProps {
  campaign: Campaign;
  /** null: it is gone. */
  template: Template | null;
  hours: CampaignHours;
  failures: FailureGroup[];
  cost: CampaignCost;
  timeline: CampaignTimeline;
  /** When all this was read, ms since 1970. */
  readAt: number;
}

/** One campaign to print: what was sent to whom, how it fared, and what it cost. */
export function Report({ campaign, template, hours, failures, cost, timeline, readAt }: ReportProps) {
  const base = `/api/campaigns/${campaign.id}`;
  return (
    <article className="space-y-8">
      <header className="space-y-3">
        <div className="flex flex-wrap items-center justify-between gap-3 print:hidden">
          <BackLink href={`/campaigns/${campaign.id}`}>Back to the campaign</BackLink>
          <div className="flex flex-wrap gap-2">
            <a href={`${base}/results.csv`} download className={buttonLook()}>
              <Download aria-hidden />
              CSV of everything
            </a>
            <PrintButton />
          </div>
        </div>
        <h1 dir="auto" className="text-left text-2xl font-semibold break-words rtl:text-right">
          {campaign.name}
        </h1>
        <p className="text-muted">
          Campaign report, as of <LocalTime value={readAt} />
          {campaign.sandbox && ' · sent to the sandbox: nothing reached a real phone'}
        </p>
      </header>
      <MessageSection campaign={campaign} template={template} timeline={timeline} />
      <AudienceSection campaign={campaign} />
      <FunnelSection campaign={campaign} />
      <VariantsSection campaign={campaign} />
      <HoursSection hours={hours} />
      <FailuresSection campaign={campaign} failures={failures} />
      <CostSection cost={cost} />
      <TimelineSection timeline={timeline} />
    </article>
  );
}
