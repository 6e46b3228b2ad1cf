import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { completeCampaign, lockCampaign } from '@/lib/campaigns/transitions';
import type { WorkspaceId } from '@/lib/tenant';

/**
 * Completes an active campaign that has nobody queued and nothing under way; says whether it did.
 * The check is a statement of its own, after the row lock: a retry that put rows back has committed by then
 * and is seen. Plan: recipients_claim, recipients_retry and recipients_in_flight, one probe each.
 */
export async function completeIfDrained(
  of: { workspaceId: WorkspaceId; campaignId: string },
  db: Db = database().db,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const campaign = await lockCampaign(of.workspaceId, of.campaignId, tx);
    if (campaign.status !== 'active') return false;
    const [row] = await tx.execute<{ busy: boolean }>(sql`
      WITH mine AS (SELECT ${of.workspaceId}::uuid AS w, ${of.campaignId}::uuid AS c)
      SELECT
        EXISTS (SELECT 1 FROM recipients, mine WHERE workspace_id = w AND campaign_id = c AND pending)
        OR EXISTS (SELECT 1 FROM recipients, mine WHERE workspace_id = w AND campaign_id = c AND retry_at IS NOT NULL)
        OR EXISTS (SELECT 1 FROM recipients, mine WHERE workspace_id = w AND campaign_id = c AND state = 'sending')
        AS busy`);
    if (row?.busy !== false) return false;
    await completeCampaign(campaign, tx);
    return true;
  });
}
