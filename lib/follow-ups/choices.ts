import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { getCampaign } from '@/lib/campaigns/queries';
import { countReplied, type OfCampaign } from './audience';
import { getFollowed } from './followed';
import { shapeOf } from './list';
import type { FollowUpChoices } from './schema';

/** Whom of a campaign another one may be made for, how many they are, and what is known of them; throws 404. */
export async function listFollowUpChoices(of: OfCampaign, db: Db = database().db): Promise<FollowUpChoices> {
  const { columns } = await getFollowed(of, db);
  const { sent, delivered, read, failed, total_recipients: everyone } = await getCampaign(of, db);
  const replied = await countReplied(of, db);
  const codes = await db.execute<{ error_code: number | null; count: number }>(sql`
    SELECT error_code, sum(failed)::int AS count FROM failure_counters
    WHERE workspace_id = ${of.workspaceId} AND campaign_id = ${of.campaignId}
    GROUP BY error_code HAVING sum(failed) > 0
    ORDER BY count DESC, error_code NULLS LAST`);
  return {
    audiences: [
      { audience: 'not_read', count: sent - read },
      // Replies are counted a moment after the reads.
      { audience: 'read_not_replied', count: Math.max(read - replied.read, 0) },
      { audience: 'replied', count: replied.replied },
      { audience: 'read', count: read },
      { audience: 'delivered', count: delivered },
      { audience: 'failed', count: failed },
      ...codes.map(({ error_code, count }) => ({ audience: 'failed' as const, error_code, count })),
      { audience: 'everyone', count: everyone },
    ],
    columns: shapeOf(columns).columns,
  };
}
