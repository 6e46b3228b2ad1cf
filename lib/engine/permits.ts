import { database, type Sql } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';

export interface PermitRequest {
  workspaceId: WorkspaceId;
  campaignId: string;
  workerId: string;
  /** Requests of this campaign this process has under way now: permits for these can't be given back yet. */
  inFlight: number;
}

export interface PermitShare {
  permits: number;
  /** Where this process stands among the live ones, the oldest first; and how many there are. */
  rank: number;
  workers: number;
  /** Requests under way allowed in all: of this campaign, and the most of any that uses its sender now. */
  workerCount: number;
  senderWorkerCount: number;
}

/**
 * This process's share of the campaign's `worker_count`: how many requests it may have under way at once.
 * Live processes share evenly, the oldest first when there are fewer permits than processes; the permits of
 * all of them never add up to more than `worker_count`. A dead process's come back with its lease.
 *
 * The limiter's row lock puts one request after another; the second statement then sees what the first wrote.
 */
export async function sharePermits(request: PermitRequest, sql: Sql = database().sql): Promise<PermitShare> {
  const { workspaceId, campaignId, workerId } = request;
  return sql.begin(async (tx) => {
    await tx`SELECT 1 FROM rate_limits WHERE workspace_id = ${workspaceId} AND id = ${campaignId} FOR UPDATE`;
    const [row] = await tx<PermitShare[]>`
      WITH live AS (
        SELECT id, row_number() OVER (ORDER BY started_at, id) - 1 AS rank, count(*) OVER () AS n
        FROM workers WHERE lease_until > clock_timestamp()
      ),
      fair AS (
        SELECT c.worker_count, c.sender_id, live.n AS workers, live.rank, c.worker_count / live.n + (live.rank < c.worker_count % live.n)::int AS target
        FROM live, campaigns c
        WHERE live.id = ${workerId} AND c.workspace_id = ${workspaceId} AND c.id = ${campaignId}
      ),
      others AS (
        SELECT coalesce(sum(p.permits), 0) AS held
        FROM campaign_permits p JOIN workers w ON w.id = p.worker_id
        WHERE p.workspace_id = ${workspaceId} AND p.campaign_id = ${campaignId} AND p.worker_id <> ${workerId}
      ),
      share AS (
        SELECT greatest(least(target, worker_count - held), 0)::int AS n FROM fair, others
      )
      INSERT INTO campaign_permits AS p (workspace_id, campaign_id, worker_id, permits)
      SELECT ${workspaceId}, ${campaignId}, ${workerId}, greatest(n, least(${request.inFlight}::int, 32767)) FROM share
      ON CONFLICT (workspace_id, campaign_id, worker_id) DO UPDATE SET permits = excluded.permits
      RETURNING (SELECT n FROM share) AS permits,
        (SELECT rank::int FROM fair) AS rank,
        (SELECT workers::int FROM fair) AS workers,
        (SELECT worker_count FROM fair) AS "workerCount",
        (SELECT max(c.worker_count) FROM campaigns c, fair f
         WHERE c.workspace_id = ${workspaceId} AND c.sender_id = f.sender_id
           AND (c.status = 'active' OR c.id = ${campaignId})) AS "senderWorkerCount"`;
    return row ?? { permits: 0, rank: 0, workers: 0, workerCount: 0, senderWorkerCount: 0 };
  });
}

/** Gives a campaign's permits back. Only when this process holds none of its recipients any more. */
export async function returnPermits(
  of: { workspaceId: WorkspaceId; campaignId: string; workerId: string },
  sql: Sql = database().sql,
): Promise<void> {
  await sql`
    DELETE FROM campaign_permits
    WHERE workspace_id = ${of.workspaceId} AND campaign_id = ${of.campaignId} AND worker_id = ${of.workerId}`;
}
