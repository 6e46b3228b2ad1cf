import { database, type Db, type Sql } from '@/db/client';
import { recordCampaignEvents } from '@/lib/campaigns/events';
import { lockCampaign, reopenCampaign } from '@/lib/campaigns/transitions';
import { publishCampaignChange } from '@/lib/events/publish';
import { requeueRecipients } from '@/lib/recipients/queue';
import type { WorkspaceId } from '@/lib/tenant';

interface OfCampaign {
  workspaceId: WorkspaceId;
  campaignId: string;
}

/** Campaigns that are asked to send some of their failures again, and that have some with these codes. */
export async function listAutoRetryCampaigns(sql: Sql = database().sql): Promise<OfCampaign[]> {
  return sql<OfCampaign[]>`
    SELECT c.workspace_id AS "workspaceId", c.id AS "campaignId"
    FROM campaigns c
    WHERE c.auto_retry IS NOT NULL AND c.status IN ('active', 'completed') AND (
      SELECT sum(f.failed) FROM failure_counters f
      WHERE f.workspace_id = c.workspace_id AND f.campaign_id = c.id
        AND c.auto_retry->'error_codes' @> coalesce(to_jsonb(f.error_code), 'null')
    ) > 0`;
}

/**
 * Puts those back into the queue that failed for one of the causes the campaign names, so long ago as it says and not
 * too often yet; how many. A completed campaign goes on. A paused one is left alone until a person resumes it, a
 * stopped one for good.
 */
export async function retryByItself(of: OfCampaign, db: Db = database().db): Promise<number> {
  const { workspaceId, campaignId } = of;
  return db.transaction(async (tx) => {
    const campaign = await lockCampaign(workspaceId, campaignId, tx);
    const { autoRetry } = campaign;
    if (!autoRetry || !['active', 'completed'].includes(campaign.status)) return 0;
    const { error_codes: errorCodes, after_hours: afterHours, times } = autoRetry;
    const which = { what: 'by itself' as const, errorCodes, afterHours, times };
    const retried = await requeueRecipients(of, which, tx);
    if (retried === 0) return 0;
    const detail = { retried, policy: 'auto_retry', error_codes: errorCodes, after_hours: afterHours };
    await recordCampaignEvents([{ workspaceId, campaignId, kind: 'retried', detail }], tx);
    if (campaign.status === 'completed') await reopenCampaign(campaign, null, tx);
    else await publishCampaignChange(campaignId, tx);
    return retried;
  });
}
