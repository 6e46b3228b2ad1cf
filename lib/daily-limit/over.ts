import { sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';
import { FREE_S, readUsed } from './ledger';
import { leftOf } from './plan';
import type { DailyLimit } from './use';

/** How many people of a small campaign the daily limit would keep waiting now. Reads all of its recipients. */
export async function countOver(
  of: { workspaceId: WorkspaceId; campaignId: string; daily: DailyLimit },
  db: Db,
): Promise<number> {
  const { workspaceId, campaignId, daily } = of;
  const { portfolio, limit } = daily;
  const [row] = await db.execute<{ fresh: number }>(sql`
    SELECT count(*)::int AS fresh FROM recipients r
    WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND NOT EXISTS (
      SELECT 1 FROM daily_recipients d
      WHERE d.workspace_id = r.workspace_id AND d.portfolio = ${portfolio} AND d.phone = r.phone
        AND d.last_at > now() - make_interval(secs => ${FREE_S}))`);
  const used = await readUsed({ workspaceId, portfolio }, db);
  return Math.max((row?.fresh ?? 0) - leftOf({ limit, used }), 0);
}
