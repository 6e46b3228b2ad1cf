import type { Metadata } from 'next';
import { CampaignDetail } from '@/components/campaigns/detail-page-parts';
import { languageWord } from '@/components/templates/words';
import { filterParams } from '@/components/recipients/recipient-filter';
import { readAs } from '@/lib/auth/read-as';
import { getSessionUser } from '@/lib/auth/session-user';
import { getCampaignCost } from '@/lib/costs/campaign-cost';
import { listTimeline } from '@/lib/campaigns/timeline';
import { checkHealth } from '@/lib/operations/health';
import { listFailures } from '@/lib/recipients/failures';
import { listRecipients } from '@/lib/recipients/queries';
import { pathWith, requireUser } from '../../require-user';
import { loadCampaign } from './load-campaign';
import { parseRecipientFilter } from './parse-recipient-filter';

interface Props {
  params: Promise<{ campaignId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const RECIPIENTS_PAGE_SIZE = 100;
const TIMELINE_PAGE_SIZE = 20;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  // Without a user the page itself leads to the sign-in, with the way back.
  const user = await getSessionUser();
  return {
    title: user ? (await loadCampaign(user.workspaceId, (await params).campaignId)).name : 'Campaign',
  };
}

export default async function CampaignPage({ params, searchParams }: Props) {
  const { campaignId } = await params;
  const filter = parseRecipientFilter(await searchParams);
  const asked = Object.fromEntries(filterParams(filter, 'error'));
  const user = await requireUser(pathWith(`/campaigns/${campaignId}`, asked));
  const { workspaceId } = user;
  const campaign = await loadCampaign(workspaceId, campaignId);
  const key = { workspaceId, campaignId };
  const [recipients, failures, timeline, cost, health] = await Promise.all([
    readAs(user, () => listRecipients({ ...key, ...filter, limit: RECIPIENTS_PAGE_SIZE })),
    readAs(user, () => listFailures(key)),
    readAs(user, () => listTimeline({ ...key, limit: TIMELINE_PAGE_SIZE })),
    readAs(user, () => getCampaignCost(key)),
    checkHealth(),
  ]);
  return (
    <CampaignDetail
      initial={campaign}
      language={languageWord(campaign.template_language)}
      workers={health.workers}
      filter={filter}
      recipients={recipients}
      failures={failures}
      timeline={timeline}
      cost={cost}
      readAt={Date.now()}
    />
  );
}
