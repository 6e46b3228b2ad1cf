import type { Metadata } from 'next';
import { CampaignDetail } from '@/components/campaigns/campaign-detail';
import { readAs } from '@/lib/auth/read-as';
import { getSessionUser } from '@/lib/auth/session-user';
import { listRecipients } from '@/lib/recipients/queries';
import { recipientStatusSchema } from '@/lib/recipients/schema';
import { pathWith, requireUser } from '../../require-user';
import { loadCampaign } from './load-campaign';

interface Props {
  params: Promise<{ campaignId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const RECIPIENTS_PAGE_SIZE = 100;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  // Without a user the page itself leads to the sign-in, with the way back.
  const user = await getSessionUser();
  return {
    title: user ? (await loadCampaign(user.workspaceId, (await params).campaignId)).name : 'Campaign',
  };
}

export default async function CampaignPage({ params, searchParams }: Props) {
  const { campaignId } = await params;
  const status = recipientStatusSchema.safeParse((await searchParams).status).data;
  const user = await requireUser(pathWith(`/campaigns/${campaignId}`, { status }));
  const campaign = await loadCampaign(user.workspaceId, campaignId);
  const { workspaceId } = user;
  const query = { workspaceId, campaignId, status, limit: RECIPIENTS_PAGE_SIZE };
  const recipients = await readAs(user, () => listRecipients(query));
  return (
    <CampaignDetail initial={campaign} recipientStatus={status} recipients={recipients} readAt={Date.now()} />
  );
}
