import { sql as query } from 'drizzle-orm';
import { database, type Db, type Sql } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';

// To whom a portfolio with a daily limit has sent. The claim writes it (lib/recipients/daily-claim.ts); here people fall
// out of it again. `used` of daily_limits is always the number of rows, and both change only under its lock.

/** How long somebody counts, s: a day, and a little more, for a message leaves some time after its claim. */
export const KEPT_S = 24 * 3600 + 300;
/** How long one may be written to again without being counted anew, s: shorter, so that nobody falls out meanwhile. */
export const FREE_S = 24 * 3600;
/** Rows that fall out in one statement. */
export const RELEASED_AT_ONCE = 5_000;

export interface Portfolio {
  workspaceId: WorkspaceId;
  portfolio: string;
}

/** Without its row nothing is granted. */
export async function openLedger(
  { workspaceId, portfolio }: Portfolio,
  sql: Sql = database().sql,
): Promise<void> {
  await sql`
    INSERT INTO daily_limits (workspace_id, portfolio) VALUES (${workspaceId}, ${portfolio})
    ON CONFLICT DO NOTHING`;
}

/**
 * Frees the places of those written to longer ago than a day; returns how many, at most a batch. Who is written to again
 * at this moment stays: the row is judged once more as it is when it is deleted. Plan: daily_recipients_last, then the
 * primary key.
 */
export async function releasePlaces(
  { workspaceId, portfolio }: Portfolio,
  sql: Sql = database().sql,
): Promise<number> {
  const [row] = await sql<{ released: number }[]>`
    WITH ledger AS MATERIALIZED (
      SELECT portfolio FROM daily_limits
      WHERE workspace_id = ${workspaceId} AND portfolio = ${portfolio} AND EXISTS (
        SELECT 1 FROM daily_recipients
        WHERE workspace_id = ${workspaceId} AND portfolio = ${portfolio}
          AND last_at < now() - make_interval(secs => ${KEPT_S}))
      FOR UPDATE
    ),
    gone AS (
      DELETE FROM daily_recipients
      WHERE workspace_id = ${workspaceId} AND portfolio = ${portfolio} AND phone = ANY(ARRAY(
          SELECT phone FROM daily_recipients
          WHERE workspace_id = ${workspaceId} AND portfolio = ${portfolio}
            AND last_at < now() - make_interval(secs => ${KEPT_S}) AND EXISTS (SELECT 1 FROM ledger)
          ORDER BY last_at LIMIT ${RELEASED_AT_ONCE}))
        AND last_at < now() - make_interval(secs => ${KEPT_S})
      RETURNING 1
    ),
    freed AS (
      UPDATE daily_limits SET used = used - (SELECT count(*)::int FROM gone)
      WHERE workspace_id = ${workspaceId} AND portfolio = ${portfolio} AND EXISTS (SELECT 1 FROM gone)
    )
    SELECT count(*)::int AS released FROM gone`;
  return row?.released ?? 0;
}

/** The same for every portfolio, also those that send nothing any more: no number is kept longer than it counts. */
export async function releaseAllPlaces(sql: Sql = database().sql): Promise<number> {
  const used = await sql<Portfolio[]>`
    SELECT workspace_id AS "workspaceId", portfolio FROM daily_limits WHERE used > 0`;
  let released = 0;
  for (const of of used)
    for (let batch = RELEASED_AT_ONCE; batch === RELEASED_AT_ONCE; released += batch)
      batch = await releasePlaces(of, sql);
  return released;
}

/** How many people count now; those whose day is over and who are not released yet do not. */
export async function readUsed(
  { workspaceId, portfolio }: Portfolio,
  db: Db = database().db,
): Promise<number> {
  const [row] = await db.execute<{ used: number }>(query`
    SELECT used - (
      SELECT count(*)::int FROM daily_recipients
      WHERE workspace_id = ${workspaceId} AND portfolio = ${portfolio}
        AND last_at < now() - make_interval(secs => ${KEPT_S})) AS used
    FROM daily_limits WHERE workspace_id = ${workspaceId} AND portfolio = ${portfolio}`);
  return Math.max(row?.used ?? 0, 0);
}

/** When the place of an entry is free again, ms since 1970; oldest first, from 0. Plan: daily_recipients_last. */
export async function readFreeAt(
  { workspaceId, portfolio, entry }: Portfolio & { entry: number },
  db: Db = database().db,
): Promise<number | null> {
  const [row] = await db.execute<{ at: number }>(query`
    SELECT ((extract(epoch FROM last_at) + ${KEPT_S}) * 1000)::float8 AS at FROM daily_recipients
    WHERE workspace_id = ${workspaceId} AND portfolio = ${portfolio}
      AND last_at >= now() - make_interval(secs => ${KEPT_S})
    ORDER BY last_at OFFSET ${entry} LIMIT 1`);
  return row?.at ?? null;
}

/**
 * Takes an erased person's number out of the ledger; that somebody was written to still counts. Under the locks: no
 * portfolio hands the number on to another one meanwhile.
 */
export async function eraseFromLedger(
  { workspaceId, phone }: { workspaceId: WorkspaceId; phone: string },
  db: Db,
): Promise<void> {
  await db.execute(query`
    SELECT 1 FROM daily_limits WHERE workspace_id = ${workspaceId} ORDER BY portfolio FOR UPDATE`);
  await db.execute(query`
    UPDATE daily_recipients d SET phone = 'erased-' || gen_random_uuid()
    FROM daily_limits l
    WHERE d.workspace_id = ${workspaceId} AND l.workspace_id = d.workspace_id AND l.portfolio = d.portfolio
      AND d.phone = ${phone}`);
}
