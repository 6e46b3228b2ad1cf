import { database, type Sql } from '@/db/client';
import { countChanges } from '@/lib/stats/counters';
import type { WorkspaceId } from '@/lib/tenant';

// Recipients who wait until somebody, or the time, has chosen which of the campaign's messages they get. Such a row is
// queued and not pending, like any that waits, and its time never comes: only a release puts it back.

/** Its retry_at. A time of its own, which the pages can read and no clock reaches. */
export const NEVER = '9999-01-01T00:00:00Z';

/** Rows released by one statement: some tenths of a second, for it holds locks on them. */
export const ROWS_A_RELEASE = 5_000;

/**
 * Gives the next of those who wait the variant that was chosen, and puts them in the queue; returns how many. Nobody
 * waits any more when it is 0 and nobody else is at it. Whatever ends it midway, the next call goes on. Only of an
 * active campaign with a choice. Plan: recipients_retry for the equal time, the primary key for the update.
 */
export async function releaseHeldBack(
  of: { workspaceId: WorkspaceId; campaignId: string },
  sql: Sql = database().sql,
): Promise<number> {
  const { workspaceId, campaignId } = of;
  const [row] = await sql<{ released: number }[]>`
    WITH chosen AS MATERIALIZED (
      SELECT winner FROM campaigns
      WHERE workspace_id = ${workspaceId} AND id = ${campaignId} AND status = 'active' AND winner IS NOT NULL
    ),
    locked AS MATERIALIZED (
      SELECT id FROM recipients
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND retry_at = ${NEVER}::timestamptz
        AND waits_for = 'winner' AND EXISTS (SELECT 1 FROM chosen)
      ORDER BY retry_at LIMIT ${ROWS_A_RELEASE} FOR NO KEY UPDATE SKIP LOCKED
    ),
    released AS (
      UPDATE recipients SET pending = true, retry_at = NULL, waits_for = NULL, seq = nextval('recipients_seq_seq'),
        variant = (SELECT winner FROM chosen)
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND id = ANY(ARRAY(SELECT id FROM locked))
      RETURNING workspace_id, campaign_id, variant, status
    ),
    -- From the counts of no variant to those of the chosen one.
    changes AS (
      SELECT workspace_id, campaign_id, NULL::smallint AS variant, status AS old_status, NULL::recipient_status AS new_status
      FROM released
      UNION ALL
      SELECT workspace_id, campaign_id, variant, NULL, status FROM released
    ),
    ${sql.unsafe(countChanges())}
    SELECT count(*)::int AS released FROM released`;
  return row?.released ?? 0;
}
