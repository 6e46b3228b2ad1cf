import { sql as query, type SQL } from 'drizzle-orm';
import { database, type Db, type Sql } from '@/db/client';
import { countChanges, countFailures } from '@/lib/stats/counters';
import type { WorkspaceId } from '@/lib/tenant';
import { CODES_THAT_WAIT } from '@/lib/whatsapp/errors';

// The ways back into the queue other than an answer (settle.ts). Each row gets a new seq.

interface OfCampaign {
  workspaceId: WorkspaceId;
  campaignId: string;
}

/**
 * Makes those whose wait is over claimable again; returns how many. Their status stays `pending`. In the order of the
 * index recipients_retry: by id the planner would walk the whole campaign when, as mostly, nobody waits.
 */
export async function wakeDueRecipients(of: OfCampaign, sql: Sql = database().sql): Promise<number> {
  const rows = await sql`
    UPDATE recipients SET pending = true, retry_at = NULL, waits_for = NULL, seq = nextval('recipients_seq_seq')
    WHERE workspace_id = ${of.workspaceId} AND campaign_id = ${of.campaignId} AND id = ANY(ARRAY(
      SELECT id FROM recipients
      WHERE workspace_id = ${of.workspaceId} AND campaign_id = ${of.campaignId} AND retry_at <= clock_timestamp()
      ORDER BY retry_at LIMIT 5000 FOR UPDATE SKIP LOCKED))`;
  return rows.count;
}

/**
 * Gives back what this worker holds in the database but not in memory: claims whose answer was lost with the
 * connection. They were never begun, so they go back with their attempt. Call only while no claim of this
 * worker for this campaign is under way.
 */
export async function releaseUnknownClaims(
  of: OfCampaign & { workerId: string; heldIds: string[] },
  sql: Sql = database().sql,
): Promise<number> {
  const [row] = await sql<{ released: number }[]>`
    WITH locked AS MATERIALIZED (
      -- arrived: delivered or read by an earlier attempt in the meantime; they are not sent to again.
      SELECT id, status, delivered_at IS NOT NULL OR read_at IS NOT NULL AS arrived FROM recipients
      WHERE workspace_id = ${of.workspaceId} AND campaign_id = ${of.campaignId}
        AND worker_id = ${of.workerId} AND state = 'sending' AND id <> ALL(${of.heldIds}::uuid[])
      ORDER BY id FOR NO KEY UPDATE
    ),
    released AS (
      UPDATE recipients r SET
        state = CASE WHEN l.arrived THEN 'accepted' ELSE 'queued'::recipient_state END,
        accepted_at = CASE WHEN l.arrived THEN coalesce(r.accepted_at, clock_timestamp()) ELSE r.accepted_at END,
        pending = NOT l.arrived,
        attempt = r.attempt - 1,
        seq = nextval('recipients_seq_seq')
      FROM locked l
      -- By the array the rows are looked up; by the join alone the whole table may be read.
      WHERE r.workspace_id = ${of.workspaceId} AND r.campaign_id = ${of.campaignId} AND r.id = l.id
        AND r.id = ANY(ARRAY(SELECT id FROM locked))
      RETURNING r.workspace_id, r.campaign_id, r.variant, l.status AS old_status, r.status AS new_status
    ),
    changes AS (SELECT * FROM released),
    ${sql.unsafe(countChanges())}
    SELECT count(*)::int AS released FROM released`;
  return row?.released ?? 0;
}

/** Which recipients a person, or the campaign's policy, sends again. */
export type Requeue =
  /**
   * `errorCodes`: only those with one of these codes of WhatsApp, null being none, and of a code that asks for a wait
   * only who has waited. Without it all.
   */
  | { what: 'failed'; errorCodes?: readonly (number | null)[] }
  | { what: 'unconfirmed' }
  /** As the campaign asks: with one of these codes, so many hours ago, and with fewer failed attempts before. */
  | { what: 'by itself'; errorCodes: readonly (number | null)[]; afterHours: number; times: number }
  /** In doubt for longer than this, and with an attempt left. */
  | { what: 'silent'; forMs: number; maxAttempts: number };

/**
 * Puts failed or unconfirmed recipients back in the queue, in the caller's transaction, which holds the
 * campaign's row lock. What happened to the attempt before is kept in past_attempts: it is the timeline, and
 * a late receipt may still name its wamid. Failed attempts are marked as such, so that a replayed `sent`
 * receipt of theirs does not cancel the new one.
 */
export async function requeueRecipients(of: OfCampaign, which: Requeue, tx: Db): Promise<number> {
  const [row] = await tx.execute<{ requeued: number }>(query`
    WITH locked AS MATERIALIZED (
      SELECT id, status, attempt, failed_attempt, wamid, error_code, error_message, claimed_at, coalesce(failed_at, doubt_at) AS ended_at
      FROM recipients
      WHERE workspace_id = ${of.workspaceId} AND campaign_id = ${of.campaignId} AND ${conditionOf(which)}
        -- Who was erased has no number any more (erased.ts).
        AND starts_with(phone, '+')
      ORDER BY id FOR NO KEY UPDATE
    ),
    kept AS (
      INSERT INTO past_attempts
        (workspace_id, campaign_id, recipient_id, attempt, wamid, outcome, error_code, error_message, claimed_at, ended_at)
      SELECT ${of.workspaceId}, ${of.campaignId}, id, attempt, wamid, status, error_code, error_message, claimed_at, ended_at
      FROM locked
      ON CONFLICT DO NOTHING
    ),
    requeued AS (
      UPDATE recipients r SET
        state = 'queued', pending = true, retry_at = NULL, waits_for = NULL, seq = nextval('recipients_seq_seq'),
        failed_attempt = CASE WHEN l.status = 'failed' THEN l.attempt ELSE r.failed_attempt END,
        worker_id = NULL, claimed_at = NULL, wamid = NULL, error_code = NULL, error_message = NULL,
        accepted_at = NULL, held_at = NULL, sent_at = NULL, failed_at = NULL, doubt_at = NULL, pair_refusals = 0
      FROM locked l
      WHERE r.workspace_id = ${of.workspaceId} AND r.campaign_id = ${of.campaignId} AND r.id = l.id
        AND r.id = ANY(ARRAY(SELECT id FROM locked))
      RETURNING r.workspace_id, r.campaign_id, r.variant, l.status AS old_status, r.status AS new_status,
        l.error_code AS old_code, r.error_code AS new_code, r.error_message AS new_words, r.failed_at
    ),
    changes AS (SELECT * FROM requeued),
    ${query.raw(countChanges())},
    ${query.raw(countFailures())}
    SELECT count(*)::int AS requeued FROM requeued`);
  return row?.requeued ?? 0;
}

function conditionOf(which: Requeue): SQL {
  switch (which.what) {
    case 'failed':
      return query`failed_at IS NOT NULL AND status = 'failed' AND ${mayRetry(which.errorCodes)}`;
    case 'unconfirmed':
      return query`state = 'in_doubt' AND status = 'unconfirmed'`;
    case 'silent':
      return query`state = 'in_doubt' AND status = 'unconfirmed' AND attempt < ${which.maxAttempts}
        AND doubt_at < clock_timestamp() - make_interval(secs => ${which.forMs / 1000}::float8)`;
    case 'by itself':
      return query`failed_at IS NOT NULL AND status = 'failed' AND ${mayRetry(which.errorCodes)}
        AND failed_at < clock_timestamp() - make_interval(hours => ${which.afterHours}::int)
        AND (SELECT count(*) FROM past_attempts p
          WHERE p.workspace_id = recipients.workspace_id AND p.campaign_id = recipients.campaign_id
            AND p.recipient_id = recipients.id AND p.outcome = 'failed') < ${which.times}`;
  }
}

function mayRetry(codes: readonly (number | null)[] | undefined): SQL {
  return codes === undefined ? query`true` : query`${hasErrorCode(codes)} AND NOT ${mustWait()}`;
}

/** Of the failed: too soon after it for another attempt. By the time WhatsApp gave, or that of its answer. */
function mustWait(): SQL {
  const each = CODES_THAT_WAIT.map(
    ({ code, hours }) => query`(error_code IS NOT DISTINCT FROM ${code}::int
      AND failed_at > clock_timestamp() - make_interval(hours => ${hours}::int))`,
  );
  return query`(${query.join(each, query` OR `)})`;
}

/** How many failed with one of these codes and must wait, and when the wait of the first and the last is over. */
export async function countWaiting(
  of: OfCampaign & { errorCodes: readonly (number | null)[] },
  db: Db,
): Promise<{ waiting: number; from: Date | null; until: Date | null }> {
  const asked = CODES_THAT_WAIT.filter(({ code }) => of.errorCodes.includes(code));
  const none = { waiting: 0, from: null, until: null };
  if (asked.length === 0) return none;
  const waits = asked.map(({ code, hours }) => query`WHEN ${code}::int THEN ${hours}::int`);
  const [row] = await db.execute<{ waiting: number; first: string | null; last: string | null }>(query`
    SELECT count(*)::int AS waiting, min(over)::text AS first, max(over)::text AS last FROM (
      SELECT failed_at + make_interval(hours => CASE error_code ${query.join(waits, query` `)} END) AS over
      FROM recipients
      WHERE workspace_id = ${of.workspaceId} AND campaign_id = ${of.campaignId} AND failed_at IS NOT NULL
        AND status = 'failed' AND starts_with(phone, '+') AND ${hasErrorCode(asked.map(({ code }) => code))}
        AND ${mustWait()}
    ) waits`);
  if (!row) return none;
  const dateOf = (text: string | null) => (text === null ? null : new Date(text));
  return { waiting: row.waiting, from: dateOf(row.first), until: dateOf(row.last) };
}

function hasErrorCode(codes: readonly (number | null)[]): SQL {
  const known = codes.filter((code) => code !== null);
  const without = codes.includes(null) ? query`error_code IS NULL` : query`false`;
  return query`(error_code = ANY(ARRAY[${query.join(known, query`, `)}]::int[]) OR ${without})`;
}
