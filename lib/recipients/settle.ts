import { database, type Sql } from '@/db/client';
import { countChanges, countFailures } from '@/lib/stats/counters';
import type { WorkspaceId } from '@/lib/tenant';
import { RECORD_FAILED_MESSAGES } from '@/lib/webhook-endpoints/outbox';
import { isHeld } from './held';

/** What became of one claimed recipient. */
export type Result =
  /** `wamid` null: WhatsApp gave one that another message already has. `held`: it assesses the template first. */
  | { kind: 'accepted'; wamid: string | null; held?: boolean }
  | { kind: 'failed'; errorCode: number | null; errorMessage: string }
  /** Burned an attempt; goes again after `waitMs`. */
  | { kind: 'retry'; waitMs: number; errorCode: number | null; errorMessage: string }
  /** Certainly not taken, no attempt burned; 0 = at once. */
  | { kind: 'snoozed'; waitMs: number; pairRefusal: boolean }
  | { kind: 'in_doubt'; errorCode: number | null; errorMessage: string };

export interface Settlement {
  workspaceId: WorkspaceId;
  campaignId: string;
  recipientId: string;
  attempt: number;
  /** The row's seq when it was claimed: it changes each time the row goes back to the queue. */
  seq: number;
  /** The incarnation that claimed it. */
  workerId: string;
  result: Result;
}

/**
 * Records a batch of results in one statement; returns how many rows changed.
 *
 * Guarded: attempt and seq must be the row's (a batch written twice, because its commit's answer was lost, must
 * not touch a row that has been claimed again since), and the row still `sending` for that worker, or already in doubt (a
 * late result is evidence and settles it). A row that a webhook settled first is left alone. Whatever was
 * certainly not taken goes back to the queue with a new, higher seq, so that no worker's low-water mark hides
 * it, and without its attempt being burned. The row of a person who was erased (erased.ts) takes no wamid, which
 * holds the number, and never goes back to the queue.
 */
export async function settleRecipients(batch: Settlement[], sql: Sql = database().sql): Promise<number> {
  if (batch.length === 0) return 0;
  const c = toColumns(batch);
  // Only a batch with failures looks for endpoints that ask for them.
  const hasFailures = batch.some(({ result }) => result.kind === 'failed');
  const [row] = await sql<{ settled: number }[]>`
    WITH given AS MATERIALIZED (
      SELECT * FROM unnest(
        ${c.workspaceIds}::uuid[], ${c.campaignIds}::uuid[], ${c.ids}::uuid[], ${c.attempts}::smallint[], ${c.seqs}::float8[]::bigint[], ${c.workerIds}::uuid[],
        ${c.kinds}::text[], ${c.wamids}::text[], ${c.waits}::float8[], ${c.pairs}::int[], ${c.helds}::int[], ${c.codes}::int[], ${c.messages}::text[]
      ) AS g (workspace_id, campaign_id, id, attempt, seq, worker_id, kind, wamid, wait_ms, pair_refusal, held, error_code, error_message)
    ),
    locked AS MATERIALIZED (
      SELECT r.workspace_id, r.campaign_id, r.id, r.status AS old_status, r.error_code AS old_code,
        -- Delivered or read by an earlier attempt in the meantime: they have it, so this one ends here, whatever it brought.
        CASE WHEN r.delivered_at IS NULL AND r.read_at IS NULL THEN g.kind ELSE 'accepted' END AS kind,
        g.wamid, g.wait_ms, g.pair_refusal, g.held,
        g.error_code, g.error_message
      FROM given g JOIN recipients r USING (workspace_id, campaign_id, id, attempt, seq)
      WHERE ((r.state = 'sending' AND r.worker_id = g.worker_id) OR (r.state = 'in_doubt' AND g.kind <> 'in_doubt'))
        AND (r.phone LIKE '+%' OR g.kind NOT IN ('retry', 'snoozed'))
      ORDER BY r.workspace_id, r.campaign_id, r.id
      FOR NO KEY UPDATE OF r
    ),
    settled AS (
      UPDATE recipients r SET
        state = CASE l.kind WHEN 'accepted' THEN 'accepted'::recipient_state WHEN 'failed' THEN 'failed'
          WHEN 'in_doubt' THEN 'in_doubt' ELSE 'queued' END,
        pending = l.kind = 'snoozed' AND l.wait_ms = 0,
        seq = CASE WHEN l.kind = 'snoozed' AND l.wait_ms = 0 THEN nextval('recipients_seq_seq') ELSE r.seq END,
        retry_at = CASE WHEN l.kind = 'retry' OR (l.kind = 'snoozed' AND l.wait_ms > 0)
          THEN clock_timestamp() + make_interval(secs => l.wait_ms / 1000) END,
        attempt = CASE WHEN l.kind = 'snoozed' THEN r.attempt - 1 ELSE r.attempt END,
        pair_refusals = CASE WHEN l.pair_refusal = 1 THEN r.pair_refusals + 1 WHEN l.kind = 'accepted' THEN 0 ELSE r.pair_refusals END,
        wamid = CASE WHEN l.kind = 'accepted' AND r.phone LIKE '+%' THEN coalesce(l.wamid, r.wamid) ELSE r.wamid END,
        accepted_at = CASE WHEN l.kind = 'accepted' THEN coalesce(r.accepted_at, clock_timestamp()) ELSE r.accepted_at END,
        held_at = CASE WHEN l.kind = 'accepted' AND l.held = 1 THEN clock_timestamp() ELSE r.held_at END,
        failed_at = CASE WHEN l.kind = 'failed' THEN clock_timestamp() ELSE r.failed_at END,
        doubt_at = CASE WHEN l.kind = 'in_doubt' THEN clock_timestamp() END,
        error_code = CASE WHEN l.kind IN ('accepted', 'snoozed') THEN NULL ELSE l.error_code END,
        error_message = CASE WHEN l.kind IN ('accepted', 'snoozed') THEN NULL ELSE l.error_message END
      FROM locked l
      WHERE r.workspace_id = l.workspace_id AND r.campaign_id = l.campaign_id AND r.id = l.id
      RETURNING r.workspace_id, r.campaign_id, r.variant, r.id, l.old_status, r.status AS new_status,
        l.old_code, r.error_code AS new_code, r.error_message AS new_words, r.failed_at,
        -- None of them was before: its request was under way, or its answer lost.
        ${sql.unsafe(isHeld('r'))}::int AS held
    ),
    changes AS (SELECT * FROM settled),
    ${sql.unsafe(countChanges({ held: true }))},
    ${sql.unsafe(countFailures())}${sql.unsafe(hasFailures ? `,${RECORD_FAILED_MESSAGES}` : '')}
    SELECT count(*)::int AS settled FROM settled`;
  return row?.settled ?? 0;
}

function toColumns(batch: Settlement[]) {
  const results = batch.map(({ result }) => result);
  return {
    workspaceIds: batch.map((s) => s.workspaceId),
    campaignIds: batch.map((s) => s.campaignId),
    ids: batch.map((s) => s.recipientId),
    attempts: batch.map((s) => s.attempt),
    seqs: batch.map((s) => s.seq),
    workerIds: batch.map((s) => s.workerId),
    kinds: results.map((r) => r.kind),
    wamids: results.map((r) => (r.kind === 'accepted' ? r.wamid : null)),
    waits: results.map((r) => ('waitMs' in r ? r.waitMs : 0)),
    // As numbers: the driver takes the type of an array of booleans for boolean.
    pairs: results.map((r) => (r.kind === 'snoozed' && r.pairRefusal ? 1 : 0)),
    helds: results.map((r) => (r.kind === 'accepted' && r.held ? 1 : 0)),
    codes: results.map((r) => ('errorCode' in r ? r.errorCode : null)),
    messages: results.map((r) => ('errorMessage' in r ? r.errorMessage.slice(0, 1000) : null)),
  };
}
