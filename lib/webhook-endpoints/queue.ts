import { database, type Db, type Sql } from '@/db/client';
import type { WebhookTry } from '@/db/schema/webhook-endpoints';
import { recordAudit } from '@/lib/audit/record';
import { asWorkspaceId } from '@/lib/tenant';
import { sql as query } from 'drizzle-orm';
import { TEST_EVENT } from './events';
import { MAX_ATTEMPTS, SWITCH_OFF_AFTER_MS, SWITCH_OFF_FAILURES, waitAfter } from './retries';
import { whySwitchedOff } from './switch-off';

/** Three times what an attempt may take. A worker that dies with a delivery in hand leaves it to others after this. */
const LEASE_S = 30;
/** Attempts kept with a delivery: those of one run, and of the one before it when it is sent again. */
const TRIES_KEPT = 2 * MAX_ATTEMPTS;

/** A delivery in this process's hands until its lease ends. */
export interface ClaimedDelivery {
  workspaceId: string;
  id: string;
  endpointId: string;
  eventId: string;
  type: string;
  body: string;
  /** This one included. */
  attempts: number;
  leaseToken: string;
  url: string;
  secretSealed: string;
  /** null: none, or no longer good. */
  oldSecretSealed: string | null;
}

export interface Claim {
  max: number;
  /** At once to one endpoint; to one that has failed lately only one, until it takes something again. */
  perEndpoint: number;
  /** How many this process has in hand for which endpoint. */
  inHand: ReadonlyMap<string, number>;
}

/**
 * Takes deliveries that are due, of endpoints that are on. Those of endpoints in trouble come last: their attempts last
 * longest. Any number of workers at once, each gets others. The attempt is counted here, so that one that kills
 * its worker is counted too. Plan: one descent of webhook_deliveries_due an endpoint.
 */
export async function claimDeliveries(claim: Claim, sql: Sql = database().sql): Promise<ClaimedDelivery[]> {
  if (claim.max < 1) return [];
  return sql<ClaimedDelivery[]>`
    WITH open AS MATERIALIZED (
      SELECT e.workspace_id, e.id, e.url, e.secret_sealed, e.failing_since IS NOT NULL AS troubled,
        CASE WHEN e.old_secret_until > now() THEN e.old_secret_sealed END AS old_secret_sealed,
        CASE WHEN e.failing_since IS NULL THEN ${claim.perEndpoint}::int ELSE 1 END - coalesce(b.n, 0) AS places
      FROM webhook_endpoints e
        LEFT JOIN unnest(${[...claim.inHand.keys()]}::uuid[], ${[...claim.inHand.values()]}::int[]) AS b (id, n) ON b.id = e.id
      WHERE e.enabled
    ),
    due AS MATERIALIZED (
      SELECT d.workspace_id, d.id FROM open o CROSS JOIN LATERAL (
        SELECT workspace_id, id, due_at FROM webhook_deliveries
        WHERE workspace_id = o.workspace_id AND endpoint_id = o.id AND state = 'waiting' AND due_at <= now()
        ORDER BY due_at LIMIT greatest(o.places, 0) FOR UPDATE SKIP LOCKED
      ) d
      ORDER BY o.troubled, d.due_at LIMIT ${claim.max}
    )
    UPDATE webhook_deliveries d SET
      attempts = d.attempts + 1, lease_token = gen_random_uuid(), due_at = clock_timestamp() + make_interval(secs => ${LEASE_S})
    FROM due, open o
    WHERE d.workspace_id = due.workspace_id AND d.id = due.id AND o.workspace_id = d.workspace_id AND o.id = d.endpoint_id
    RETURNING d.workspace_id AS "workspaceId", d.id, d.endpoint_id AS "endpointId", d.event_id AS "eventId", d.type, d.body,
      d.attempts, d.lease_token AS "leaseToken", o.url, o.secret_sealed AS "secretSealed", o.old_secret_sealed AS "oldSecretSealed"`;
}

type Held = Pick<ClaimedDelivery, 'workspaceId' | 'id' | 'endpointId' | 'type' | 'attempts' | 'leaseToken'>;

/** How an attempt went; `gone`: the endpoint says that it wants nothing any more (410). */
export interface Attempted extends WebhookTry {
  gone: boolean;
}

/**
 * Records an attempt. A result whose lease has been lost to another worker is dropped: that one tells. Says whether it
 * counted.
 */
export async function settleDelivery(
  held: Held,
  { gone, ...attempt }: Attempted,
  db: Db = database().db,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    // The endpoint before its delivery, as whoever deletes it locks them.
    if (attempt.error === null) await noteSuccess(held, tx);
    else if (held.type !== TEST_EVENT) await noteFailure(held, attempt.error, gone, tx);
    const waitMs = held.type === TEST_EVENT ? null : waitAfter(held.attempts);
    const state = attempt.error === null ? 'delivered' : waitMs === null || gone ? 'given_up' : 'waiting';
    const rows = await tx.execute(query`
      UPDATE webhook_deliveries SET state = ${state}, lease_token = NULL,
        tries = jsonb_path_query_array(tries || ${JSON.stringify(attempt)}::text::jsonb, ${`$[last - ${TRIES_KEPT - 1} to last]`}::text::jsonpath),
        due_at = clock_timestamp() + make_interval(secs => ${(waitMs ?? 0) / 1_000}::float8),
        ended_at = CASE WHEN ${state}::text = 'waiting' THEN NULL ELSE clock_timestamp() END
      WHERE workspace_id = ${held.workspaceId} AND id = ${held.id} AND lease_token = ${held.leaseToken}::uuid
      RETURNING 1`);
    return rows.length > 0;
  });
}

/** Written when it says something new: with a hundred deliveries a second not for each. */
async function noteSuccess(held: Held, tx: Db): Promise<void> {
  await tx.execute(query`
    UPDATE webhook_endpoints SET failing_since = NULL, failures_in_a_row = 0, last_success_at = clock_timestamp()
    WHERE workspace_id = ${held.workspaceId} AND id = ${held.endpointId}
      AND (failing_since IS NOT NULL OR coalesce(last_success_at < clock_timestamp() - interval '10 seconds', true))`);
}

async function noteFailure(held: Held, error: string, gone: boolean, tx: Db): Promise<void> {
  const [row] = await tx.execute<{ url: string; enabled: boolean; long: boolean; since: string }>(query`
    UPDATE webhook_endpoints SET failing_since = coalesce(failing_since, clock_timestamp()), failures_in_a_row = failures_in_a_row + 1
    WHERE workspace_id = ${held.workspaceId} AND id = ${held.endpointId}
    RETURNING url, enabled, to_char(failing_since AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS since,
      failures_in_a_row >= ${SWITCH_OFF_FAILURES}
        AND failing_since < clock_timestamp() - make_interval(secs => ${SWITCH_OFF_AFTER_MS / 1_000}) AS long`);
  if (!row?.enabled || !(row.long || gone)) return;
  const reason = whySwitchedOff({ gone, since: row.since, error });
  await tx.execute(query`
    UPDATE webhook_endpoints SET enabled = false, disabled_reason = ${reason}, updated_at = now()
    WHERE workspace_id = ${held.workspaceId} AND id = ${held.endpointId}`);
  await recordAudit(
    [
      {
        workspaceId: asWorkspaceId(held.workspaceId),
        kind: 'webhook_endpoint_switched_off',
        subject: row.url,
        detail: { reason },
      },
    ],
    tx,
  );
}
