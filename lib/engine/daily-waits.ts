import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { readFreeAt, readUsed } from '@/lib/daily-limit/ledger';
import { leftOf, placeOf } from '@/lib/daily-limit/plan';
import type { DailyLimit } from '@/lib/daily-limit/use';
import type { WorkspaceId } from '@/lib/tenant';

interface OfCampaign {
  workspaceId: WorkspaceId;
  campaignId: string;
}

const DAY_MS = 24 * 3_600_000;

/**
 * How many of a campaign the daily limit keeps waiting, and when the first and the last go on, kept for the pages;
 * returns how many. About so many: who was written to within a day counts no second time, and other campaigns
 * of the same portfolio take their share.
 */
export async function recordDailyWaits(
  of: OfCampaign & { daily: DailyLimit },
  db: Db = database().db,
): Promise<number> {
  const { workspaceId, campaignId, daily } = of;
  const at = { workspaceId, portfolio: daily.portfolio };
  const quota = { limit: daily.limit, used: await readUsed(at, db) };
  const waiting = Math.max((await readQueued(of, db)) - leftOf(quota), 0);
  if (waiting === 0) {
    await forgetDailyWaits(of, db);
    return 0;
  }
  const timeOf = async (n: number): Promise<Date> => {
    const { entry, days } = placeOf(n, quota);
    const free = entry === null ? null : await readFreeAt({ ...at, entry }, db);
    return new Date((free ?? Date.now() + DAY_MS) + days * DAY_MS);
  };
  const [nextAt, lastAt] = [await timeOf(1), await timeOf(waiting)];
  await db.execute(sql`
    INSERT INTO campaign_waits AS w
      (workspace_id, campaign_id, reason, waiting, next_at, last_at, places, day_limit, day_used)
    VALUES (${workspaceId}, ${campaignId}, 'daily_limit', ${waiting}, ${nextAt.toISOString()}, ${lastAt.toISOString()}, '[]',
      ${quota.limit}, ${quota.used})
    ON CONFLICT (workspace_id, campaign_id, reason) DO UPDATE SET
      waiting = excluded.waiting, next_at = excluded.next_at, last_at = excluded.last_at,
      day_limit = excluded.day_limit, day_used = excluded.day_used
    WHERE (w.waiting, w.next_at, w.last_at, w.day_limit, w.day_used) IS DISTINCT FROM
      (excluded.waiting, excluded.next_at, excluded.last_at, excluded.day_limit, excluded.day_used)`);
  return waiting;
}

/** There is no limit, or nobody waits for it. */
export async function forgetDailyWaits(
  { workspaceId, campaignId }: OfCampaign,
  db: Db = database().db,
): Promise<void> {
  await db.execute(sql`
    DELETE FROM campaign_waits
    WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND reason = 'daily_limit'`);
}

/** Those not sent to yet: neither under way, who are counted already, nor waiting for their window. */
async function readQueued({ workspaceId, campaignId }: OfCampaign, db: Db): Promise<number> {
  const [row] = await db.execute<{ queued: number }>(sql`
    SELECT (
      coalesce((SELECT sum(pending) FROM campaign_counters
        WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId}), 0)
      - coalesce((SELECT waiting FROM campaign_waits
        WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND reason = 'window'), 0)
      - (SELECT count(*) FROM recipients
        WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND state = 'sending')
    )::int AS queued`);
  return row?.queued ?? 0;
}
