import { randomInt } from 'node:crypto';

/** Slots a campaign's counts are spread over. */
const SLOTS = 16;

/** This process's slot. Two processes may share one: a slot only spreads the lock, it owns nothing. */
export const counterSlot = randomInt(SLOTS);

/** The slot of a variant's counts (SQL): beside the process's own, which is that of who has none. */
export const variantSlot = (slot: number | string, variant: string) =>
  `${slot} + ${SLOTS} * coalesce(${variant}, 0)`;

/** The slots from here on are those of variants. */
export const FIRST_VARIANT_SLOT = SLOTS;

/** Which variant a slot's counts are of (SQL); 0: none. */
export const variantOfSlot = (slot: string) => `${slot} / ${SLOTS}`;

interface CountChanges {
  slot?: number;
  held?: boolean;
}

/**
 * The CTEs that fold row changes into the counters, in the same statement. Append them to a statement whose
 * `changes` CTE has one row a changed recipient: (workspace_id, campaign_id, variant, old_status, new_status), with a
 * null old_status for a new row and a null new_status for one that leaves. With `held` they also have by how much each
 * changes the count of those WhatsApp holds (held.ts): -1, 0 or 1. Every writer of recipients uses this and nothing else.
 *
 * Rows are ordered, so that two statements touching several campaigns lock their slots in the same order;
 * every transaction locks recipients before counters.
 */
export function countChanges({ slot = counterSlot, held = false }: CountChanges = {}): string {
  const counts = COUNTS.map(
    ({ column, statuses }) =>
      `sum(coalesce(new_status IN (${quoted(statuses)}), false)::int - coalesce(old_status IN (${quoted(statuses)}), false)::int)::int AS ${column}`,
  );
  const columns: string[] = COUNTS.map(({ column }) => column);
  if (held) {
    counts.push('sum(held)::int AS held');
    columns.push('held');
  }
  return `
  deltas AS (
    SELECT workspace_id, campaign_id, variant, ${counts.join(',\n      ')}
    FROM changes WHERE new_status IS DISTINCT FROM old_status${held ? ' OR held <> 0' : ''}
    GROUP BY workspace_id, campaign_id, variant ORDER BY workspace_id, campaign_id, variant NULLS FIRST
  ),
  counted AS (
    INSERT INTO campaign_counters AS k (workspace_id, campaign_id, slot, ${columns.join(', ')})
    SELECT workspace_id, campaign_id, ${variantSlot(Number(slot), 'variant')}, ${columns.join(', ')} FROM deltas
    WHERE ${columns.map((c) => `${c} <> 0`).join(' OR ')}
    ON CONFLICT (workspace_id, campaign_id, slot) DO UPDATE SET
      ${columns.map((c) => `${c} = k.${c} + excluded.${c}`).join(', ')}
    RETURNING 1
  )`;
}

/**
 * The CTEs that count the failed by cause, after those of countChanges: for each statement that makes a recipient
 * `failed`, or takes one out of it. Its `changes` then also have old_code, new_code, new_words and failed_at.
 */
export function countFailures(slot: number = counterSlot): string {
  return `
  failure_deltas AS (
    SELECT workspace_id, campaign_id, code, sum(n)::int AS n, max(words) AS words, max(at) AS at
    FROM (
      SELECT workspace_id, campaign_id, old_code AS code, -1 AS n, NULL AS words, NULL::timestamptz AS at
      FROM changes WHERE old_status = 'failed'
      UNION ALL
      SELECT workspace_id, campaign_id, new_code, 1, new_words, failed_at FROM changes WHERE new_status = 'failed'
    ) moved
    -- Reading counted puts its locks first, in every statement.
    WHERE (SELECT count(*) FROM counted) IS NOT NULL
    GROUP BY workspace_id, campaign_id, code HAVING sum(n) <> 0
    ORDER BY workspace_id, campaign_id, code
  ),
  failures_counted AS (
    INSERT INTO failure_counters AS k (workspace_id, campaign_id, slot, error_code, failed, sample, last_failed_at)
    SELECT workspace_id, campaign_id, ${Number(slot)}, code, n, words, coalesce(at, '-infinity') FROM failure_deltas
    ON CONFLICT (workspace_id, campaign_id, slot, error_code) DO UPDATE SET
      failed = k.failed + excluded.failed,
      sample = coalesce(excluded.sample, k.sample),
      last_failed_at = greatest(k.last_failed_at, excluded.last_failed_at)
    RETURNING 1
  )`;
}

/**
 * The CTE that folds what people did into the counters: for a statement whose `responses` CTE has (workspace_id,
 * campaign_id, variant) and how much each count of RESPONSE_COUNTS rises by. Locks as countChanges does.
 */
export function countResponses(slot: number = counterSlot): string {
  return `
  responses_counted AS (
    INSERT INTO campaign_counters AS k (workspace_id, campaign_id, slot, ${RESPONSE_COUNTS.join(', ')})
    SELECT workspace_id, campaign_id, ${variantSlot(Number(slot), 'variant')}, ${RESPONSE_COUNTS.map((c) => `sum(${c})::int`).join(', ')}
    FROM responses
    GROUP BY workspace_id, campaign_id, variant HAVING ${RESPONSE_COUNTS.map((c) => `sum(${c}) <> 0`).join(' OR ')}
    ORDER BY workspace_id, campaign_id, variant NULLS FIRST
    ON CONFLICT (workspace_id, campaign_id, slot) DO UPDATE SET
      ${RESPONSE_COUNTS.map((c) => `${c} = k.${c} + excluded.${c}`).join(', ')}
    RETURNING 1
  )`;
}

/** What is counted of recipient_responses: people, and `clicks` all told. */
const RESPONSE_COUNTS = ['replied', 'opted_out', 'clicked', 'clicks'] as const;

/** Which shown statuses each count takes in; CONTRACT §4: sent ⊇ delivered ⊇ read, pending takes in sending. */
const COUNTS = [
  { column: 'pending', statuses: ['pending', 'sending'] },
  { column: 'sent', statuses: ['sent', 'delivered', 'read'] },
  { column: 'delivered', statuses: ['delivered', 'read'] },
  { column: 'read', statuses: ['read'] },
  { column: 'failed', statuses: ['failed'] },
  { column: 'skipped', statuses: ['skipped'] },
  { column: 'unconfirmed', statuses: ['unconfirmed'] },
] as const;

function quoted(statuses: readonly string[]): string {
  return statuses.map((s) => `'${s}'`).join(', ');
}
