import type { Fragment } from 'postgres';
import type { Sql } from '@/db/client';
import { FREE_S } from '@/lib/daily-limit/ledger';
import type { DailyLimit } from '@/lib/daily-limit/use';
import type { WorkspaceId } from '@/lib/tenant';

// What a claim says more of a sender whose portfolio has a daily limit. All of it is absent for the others.

interface Parts {
  /** Between granted and head. */
  quota: Fragment;
  /** After head: who of it may go. */
  chosen: Fragment;
  /** Beside "not opted out" where head's rows are claimed. */
  isChosen: Fragment;
  /** After claimed. */
  noted: Fragment;
  /** In the answer. */
  held: Fragment;
}

/**
 * The parts. The portfolio's row is locked first, after the limiters, by everybody: who comes second sees how many
 * the first took, and is granted nothing if a sender left the portfolio since its limit was read (the revision). What the
 * second sees of the ledger may be older than that. A number that came in meanwhile is taken for a new one: a place too
 * few is granted, and `used` counts what was inserted. One that fell out meanwhile would be taken for one that is free:
 * hence who is free for a day is kept for longer (lib/daily-limit/ledger.ts).
 * `head` must hold phone, seq and opted_out; `waits`: whom of it another wait keeps back.
 */
export function dailyParts(
  { workspaceId, daily }: { workspaceId: WorkspaceId; daily: DailyLimit | undefined },
  waits: Fragment,
  sql: Sql,
): Parts {
  if (!daily) return { quota: sql``, chosen: sql``, isChosen: sql``, noted: sql``, held: sql`0` };
  const { portfolio, revision, limit } = daily;
  return {
    quota: sql`quota AS MATERIALIZED (
      SELECT ${limit}::int - used AS free FROM daily_limits
      WHERE workspace_id = ${workspaceId} AND portfolio = ${portfolio} AND revision = ${revision}
        AND EXISTS (SELECT 1 FROM granted)
      FOR UPDATE
    ),`,
    chosen: sql`candidates AS MATERIALIZED (
      SELECT id, seq, EXISTS (
        SELECT 1 FROM daily_recipients d
        WHERE d.workspace_id = ${workspaceId} AND d.portfolio = ${portfolio} AND d.phone = h.phone
          AND d.last_at > now() - make_interval(secs => ${FREE_S})
        -- Each looked up by the primary key: without this the planner may read the whole ledger into a hash table.
        OFFSET 0
      ) AS counted
      FROM head h WHERE NOT opted_out ${waits}
    ),
    chosen AS MATERIALIZED (
      SELECT id FROM (
        SELECT id, counted, count(*) FILTER (WHERE NOT counted) OVER (ORDER BY seq) AS nth FROM candidates
      ) c
      WHERE EXISTS (SELECT 1 FROM quota) AND (counted OR nth <= (SELECT free FROM quota))
    ),`,
    isChosen: sql`AND id IN (SELECT id FROM chosen)`,
    noted: sql`noted AS (
      INSERT INTO daily_recipients AS d (workspace_id, portfolio, phone, last_at)
      SELECT DISTINCT ${workspaceId}::uuid, ${portfolio}::text, phone, now() FROM claimed
      ON CONFLICT (workspace_id, portfolio, phone) DO UPDATE SET last_at = greatest(d.last_at, excluded.last_at)
      RETURNING (xmax = 0) AS is_new
    ),
    quota_used AS (
      UPDATE daily_limits SET used = used + (SELECT count(*)::int FROM noted WHERE is_new)
      WHERE workspace_id = ${workspaceId} AND portfolio = ${portfolio} AND EXISTS (SELECT 1 FROM noted WHERE is_new)
    ),`,
    held: sql`(SELECT count(*)::int FROM candidates) - (SELECT count(*)::int FROM chosen)`,
  };
}
