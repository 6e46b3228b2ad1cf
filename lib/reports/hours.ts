import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { database, type Db } from '@/db/client';
import { campaignHours } from '@/db/schema/costs';
import { campaigns } from '@/db/schema/campaigns';
import { databaseErrorCode } from '@/lib/database-error-code';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { campaignHourSchema, type CampaignHour, type CampaignHours } from './schema';

interface OfCampaign {
  workspaceId: WorkspaceId;
  campaignId: string;
}

/** A reading is kept a minute, or so many times as long as it took: asking again and again costs half a percent. */
const KEPT_MS = 60_000;
const KEPT_TIMES = 200;
const LONGEST_SECONDS = 60;
const QUERY_CANCELED = '57014';

const storedSchema = z.array(campaignHourSchema);

/**
 * How the messages of each hour fared; throws 404. It takes a reading of all recipients, so it is done once for all who
 * ask, by one at a time, and what was counted stays good for a while. Whoever comes meanwhile gets the one before.
 */
export async function getCampaignHours(key: OfCampaign, db: Db = database().db): Promise<CampaignHours> {
  await requireCampaign(key, db);
  const kept = await readKept(key, db);
  if (kept?.isFresh) return kept.answer;
  try {
    return await db.transaction(async (tx) => {
      await tx.execute(sql`SELECT set_config('statement_timeout', ${`${LONGEST_SECONDS}s`}, true)`);
      if (!(await lock(key, kept !== null, tx))) return kept?.answer ?? NOTHING;
      // Whoever held the lock may just have counted.
      const meanwhile = await readKept(key, tx);
      return meanwhile?.isFresh ? meanwhile.answer : count(key, tx);
    });
  } catch (error) {
    if (databaseErrorCode(error) !== QUERY_CANCELED) throw error;
    return kept?.answer ?? NOTHING;
  }
}

const NOTHING: CampaignHours = { as_of: null, hours: [] };

async function requireCampaign({ workspaceId, campaignId }: OfCampaign, db: Db): Promise<void> {
  const own = and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, campaignId));
  const [found] = await db.select({ id: campaigns.id }).from(campaigns).where(own);
  if (!found) throw notFound('campaign');
}

async function readKept(
  { workspaceId, campaignId }: OfCampaign,
  db: Db,
): Promise<{ answer: CampaignHours; isFresh: boolean } | null> {
  const [row] = await db
    .select({
      hours: campaignHours.hours,
      computedAt: campaignHours.computedAt,
      isFresh: sql<boolean>`${campaignHours.computedAt} > now()
        - greatest(${KEPT_MS}, ${campaignHours.tookMs} * ${KEPT_TIMES}) * interval '1 ms'`,
    })
    .from(campaignHours)
    .where(and(eq(campaignHours.workspaceId, workspaceId), eq(campaignHours.campaignId, campaignId)));
  const hours = storedSchema.safeParse(row?.hours).data;
  if (!row || !hours) return null;
  return { answer: { as_of: row.computedAt.toISOString(), hours }, isFresh: row.isFresh };
}

/** Waits for another reader only where there is nothing else to show. */
async function lock({ campaignId }: OfCampaign, hasOther: boolean, tx: Db): Promise<boolean> {
  const name = `hours ${campaignId}`;
  const [row] = hasOther
    ? await tx.execute<{ got: boolean }>(
        sql`SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS got`,
      )
    : await tx.execute<{ got: boolean }>(
        sql`SELECT true AS got FROM (SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))) waited`,
      );
  return row?.got ?? false;
}

/** One pass over the campaign's recipients, in the order of its primary key. */
async function count({ workspaceId, campaignId }: OfCampaign, tx: Db): Promise<CampaignHours> {
  const began = performance.now();
  const rows = await tx.execute<CampaignHour>(sql`
    SELECT to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS hour, count(*)::int AS sent,
      count(*) FILTER (WHERE status IN ('delivered', 'read'))::int AS delivered,
      count(*) FILTER (WHERE status = 'read')::int AS read,
      count(*) FILTER (WHERE status = 'failed')::int AS failed
    FROM (
      SELECT date_trunc('hour', coalesce(accepted_at, sent_at, failed_at)) AS hour, status FROM recipients
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId}
        AND status IN ('sent', 'delivered', 'read', 'failed')
    ) gone
    GROUP BY hour HAVING hour IS NOT NULL ORDER BY hour`);
  const hours = rows.map((row) => ({ ...row }));
  const computedAt = new Date();
  const tookMs = Math.ceil(performance.now() - began);
  await tx
    .insert(campaignHours)
    .values({ workspaceId, campaignId, computedAt, tookMs, hours })
    .onConflictDoUpdate({
      target: [campaignHours.workspaceId, campaignHours.campaignId],
      set: { computedAt, tookMs, hours },
    });
  return { as_of: computedAt.toISOString(), hours };
}
