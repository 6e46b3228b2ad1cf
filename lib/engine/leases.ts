import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { database, type Sql } from '@/db/client';
import { countChanges } from '@/lib/stats/counters';

/** How long a worker's claims are good after its last heartbeat, ms. A dead one's are rescued after that. */
export const LEASE_MS = 15_000;
export const HEARTBEAT_MS = 3_000;

/** Registers a new incarnation of a worker process; returns its id. */
export async function registerWorker(version: string, sql: Sql = database().sql): Promise<string> {
  const id = randomUUID();
  await sql`
    INSERT INTO workers (id, hostname, pid, version, lease_until)
    VALUES (${id}, ${hostname()}, ${process.pid}, ${version}, clock_timestamp() + make_interval(secs => ${LEASE_MS / 1000}))`;
  return id;
}

/** Extends the lease; false when it has already run out: then the claims are (or will be) somebody else's. */
export async function renewLease(workerId: string, sql: Sql = database().sql): Promise<boolean> {
  const rows = await sql`
    UPDATE workers SET lease_until = clock_timestamp() + make_interval(secs => ${LEASE_MS / 1000})
    WHERE id = ${workerId} AND lease_until > clock_timestamp()`;
  return rows.count === 1;
}

/** Signs a worker off. It must have settled or released all it held. */
export async function retireWorker(workerId: string, sql: Sql = database().sql): Promise<void> {
  await sql`DELETE FROM campaign_permits WHERE worker_id = ${workerId}`;
  await sql`DELETE FROM workers WHERE id = ${workerId}`;
}

/**
 * Turns what dead workers were sending into `unconfirmed`; returns how many. Their permits come back.
 *
 * Two statements in one transaction: deleting the worker's row waits for a claim of its that is still
 * committing (it holds FOR KEY SHARE on that row), and only the second statement's snapshot sees those rows.
 * A permit row is written before the first claim, so the permits say which campaigns to look at.
 */
export async function rescueDeadWorkers(sql: Sql = database().sql): Promise<number> {
  return sql.begin(async (tx) => {
    const dead = await tx<{ id: string }[]>`
      DELETE FROM workers WHERE id IN (
        SELECT id FROM workers WHERE lease_until < clock_timestamp() ORDER BY id FOR UPDATE SKIP LOCKED
      ) RETURNING id`;
    if (dead.length === 0) return 0;
    const ids = dead.map((worker) => worker.id);
    const [row] = await tx<{ rescued: number }[]>`
      WITH gone AS (
        DELETE FROM campaign_permits WHERE worker_id = ANY(${ids}::uuid[])
        RETURNING workspace_id, campaign_id, worker_id
      ),
      locked AS MATERIALIZED (
        SELECT r.workspace_id, r.campaign_id, r.id, r.status
        FROM gone g JOIN recipients r USING (workspace_id, campaign_id, worker_id)
        WHERE r.state = 'sending'
        ORDER BY r.workspace_id, r.campaign_id, r.id
        FOR NO KEY UPDATE OF r
      ),
      rescued AS (
        UPDATE recipients r SET state = 'in_doubt', doubt_at = clock_timestamp(),
          error_message = 'The worker that was sending this message died before it learned the answer.'
        FROM locked l
        -- Without the state, which the lock has seen: by recipients_in_flight each would be looked for among all under way.
        WHERE r.workspace_id = l.workspace_id AND r.campaign_id = l.campaign_id AND r.id = l.id
        RETURNING r.workspace_id, r.campaign_id, r.variant, l.status AS old_status, r.status AS new_status
      ),
      changes AS (SELECT * FROM rescued),
      ${tx.unsafe(countChanges())}
      SELECT count(*)::int AS rescued FROM rescued`;
    return row?.rescued ?? 0;
  });
}
