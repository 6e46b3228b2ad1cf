import type { Metadata } from 'next';
import { loadCampaign } from '@/app/(dashboard)/campaigns/[campaignId]/load-campaign';
import { requireUser } from '@/app/(dashboard)/require-user';
import { Report } from '@/components/reports/report';
import { readAs } from '@/lib/auth/read-as';
import { getSessionUser } from '@/lib/auth/session-user';
import { listTimeline } from '@/lib/campaigns/timeline';
import { getCampaignCost } from '@/lib/costs/campaign-cost';
import { listFailures } from '@/lib/recipients/failures';
import { getCampaignHours } from '@/lib/reports/hours';
import { findTemplate } from '@/lib/reports/template';

interface Props {
  params: Promise<{ campaignId: string }>;
}

const TIMELINE_SIZE = 200;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const user = await getSessionUser();
  const name = user && (await loadCampaign(user.workspaceId, (await params).campaignId)).name;
  return { title: name ? `Report: ${name}` : 'Report' };
}

/** Everything about one campaign on paper. Nothing here reads all of its recipients at each request. */
export default async function ReportPage({ params }: Props) {
  const { campaignId } = await params;
  const user = await requireUser(`/campaigns/${campaignId}/report`);
  const { workspaceId } = user;
  const campaign = await loadCampaign(workspaceId, campaignId);
  const key = { workspaceId, campaignId };
  const [template, hours, failures, cost, timeline] = await readAs(user, () =>
    Promise.all([
      findTemplate(workspaceId, campaign.template_id),
      getCampaignHours(key),
      listFailures(key),
      getCampaignCost(key),
      listTimeline({ ...key, limit: TIMELINE_SIZE }),
    ]),
  );
  return <Report {...{ campaign, template, hours, failures, cost, timeline }} readAt={Date.now()} />;
}
