import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { readAs } from '@/lib/auth/read-as';
import { getCampaign } from '@/lib/campaigns/queries';
import type { Campaign } from '@/lib/campaigns/schema';
import { AppError } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';

/** The campaign of a page, read once for title and page alike; the 404 page for anybody else's. */
export const loadCampaign = cache(async (workspaceId: WorkspaceId, campaignId: string): Promise<Campaign> => {
  if (!z.uuid().safeParse(campaignId).success) notFound();
  const read = () => getCampaign({ workspaceId, campaignId });
  return readAs({ workspaceId }, read).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === 'not_found') notFound();
    throw error;
  });
});
