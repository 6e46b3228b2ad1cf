import { and, eq, isNotNull } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { campaignDrafts } from '@/db/schema/campaigns';
import type { WorkspaceId } from '@/lib/tenant';
import { removeDraftFile } from './files';

/** The file of the draft that a campaign was made of goes once the campaign has begun, or never will. */
export async function forgetFileOfCampaign(
  { workspaceId, campaignId }: { workspaceId: WorkspaceId; campaignId: string },
  tx: Db,
): Promise<void> {
  const drafts = await tx
    .select({ id: campaignDrafts.id })
    .from(campaignDrafts)
    .where(
      and(
        eq(campaignDrafts.workspaceId, workspaceId),
        eq(campaignDrafts.campaignId, campaignId),
        isNotNull(campaignDrafts.fileName),
      ),
    );
  for (const { id } of drafts) await removeDraftFile({ workspaceId, draftId: id }, {}, tx);
}
