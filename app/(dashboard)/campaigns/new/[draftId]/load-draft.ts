import { notFound } from 'next/navigation';
import { z } from 'zod';
import { readAs } from '@/lib/auth/read-as';
import { getCampaign } from '@/lib/campaigns/queries';
import type { Campaign } from '@/lib/campaigns/schema';
import { getDraft } from '@/lib/drafts/queries';
import type { Draft } from '@/lib/drafts/schema';
import { AppError } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';

/** The draft of a page; the 404 page for anybody else's. */
export async function loadDraft(workspaceId: WorkspaceId, draftId: string): Promise<Draft> {
  if (!z.uuid().safeParse(draftId).success) notFound();
  return (await unlessGone(readAs({ workspaceId }, () => getDraft({ workspaceId, draftId })))) ?? notFound();
}

/** The campaign it was made into; null where there is none, or not any more. */
export async function loadMadeCampaign(workspaceId: WorkspaceId, draft: Draft): Promise<Campaign | null> {
  const { campaign_id: campaignId } = draft;
  if (!campaignId) return null;
  return unlessGone(readAs({ workspaceId }, () => getCampaign({ workspaceId, campaignId })));
}

async function unlessGone<T>(reading: Promise<T>): Promise<T | null> {
  return reading.catch((error: unknown) => {
    if (error instanceof AppError && error.kind === 'not_found') return null;
    throw error;
  });
}
