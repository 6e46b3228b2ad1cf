import { database, type Sql } from '@/db/client';
import { GRANT_HORIZON_MS, SPACING_SLACK } from '@/lib/pacing/constants';
import type { DailyLimit } from '@/lib/daily-limit/use';
import { countChanges } from '@/lib/stats/counters';
import type { Closed } from '@/lib/send-window/closed';
import type { WorkspaceId } from '@/lib/tenant';
import { dailyParts } from './daily-claim';
import { isStillClosed, prefixOfRow, putAside } from './window-hold';

export interface ClaimInput {
  workspaceId: WorkspaceId;
  campaignId: string;
  senderId: string;
  workerId: string;
  /** Rows the caller has room for. */
  max: number;
  /** Rows it already holds without a slot: they are granted slots first. */
  carried: number;
  /** Rows up to this seq are known to be claimed. Keeps the scan off dead index entries; 0 when unsure. */
  afterSeq: number;
  /** How far back slots that nobody took are granted still; see CATCH_UP_MS. */
  catchUpMs: number;
  /** Whom the sender's window keeps back now; undefined: it has none. */
  closed?: Closed;
  /** The daily limit its sender is under; undefined: none. */
  daily?: DailyLimit;
}

export interface ClaimedRecipient {
  id: string;
  seq: number;
  phone: string;
  attempt: number;
  /** Attempts up to this one are known to have failed and don't count towards the limit any more. */
  failedAttempt: number;
  pairRefusals: number;
  /** Which of the campaign's messages it gets, 1–4; null: it has one. */
  variant: number | null;
  cells: string[];
}

/** What the limits allowed. */
export interface Grant {
  /** Slots used: for the carried rows, then for the claimed ones, in order. */
  slots: number;
  /** Slots the limits would have allowed. Rows fewer than that, and than `max`: the queue is empty. */
  slotsOffered: number;
  /** From now to the first slot (negative: it is past), and from one slot to the next; ms. */
  firstSlotMs: number;
  spacingMs: number;
  campaignActive: boolean;
  leaseValid: boolean;
  /** Until the limiter opens again after WhatsApp said too fast; ms, 0 when open. */
  blockedMs: number;
  /** Messages a second, as set; for the process's own second wall. 0 when the limiter is missing. */
  campaignRate: number;
  senderRate: number;
  /** How many were met whom only the daily limit keeps back; they stay in the queue. */
  heldByLimit: number;
}

export interface Claim extends Grant {
  recipients: ClaimedRecipient[];
}

/**
 * Reserves the rate, checks the lease and takes the rows, in one statement; commits before a byte is sent.
 *
 * GCRA on two rows, campaign and sender, on the database's clock, so that each message has its own slot.
 * No grant (campaign not active, lease expired, limiter blocked or missing) is LIMIT 0, never LIMIT NULL.
 * Of a sender with a window it takes nobody whose window is closed: who is met at the head is put aside until it
 * opens. `closed` being out of date, by the database's clock or the sender's row, is no grant.
 * Of a sender with a daily limit it takes as many new people as are left, notes them in the ledger, and leaves the others
 * in the queue (daily-claim.ts).
 * The lease row is locked FOR KEY SHARE: a rescue (which deletes it) waits for this claim and then sees its
 * rows. Plan: recipients_claim for the head; the primary key by `= ANY(ARRAY(…))` for the update (a plain
 * join may scan the table). Both are asserted in claim.db.test.ts.
 */
export async function claimRecipients(input: ClaimInput, sql: Sql = database().sql): Promise<Claim> {
  const { workspaceId, campaignId, senderId, workerId, closed, daily } = input;
  const isOpen = closed ? sql`AND NOT closed` : sql``;
  const limited = dailyParts({ workspaceId, daily }, isOpen, sql);
  const rows = await sql<ClaimRow[]>`
    WITH limits AS MATERIALIZED (
      -- A limiter that has been idle has no slots to make up for.
      SELECT id, rate, blocked_until,
        CASE WHEN tat > clock_timestamp() - interval '1 s' THEN tat ELSE clock_timestamp() END AS tat, make_interval(secs => ${SPACING_SLACK} / (rate * factor)) AS emission
      FROM rate_limits
      WHERE workspace_id = ${workspaceId} AND id IN (${campaignId}, ${senderId})
      ORDER BY id FOR UPDATE
    ),
    clock AS MATERIALIZED (
      SELECT now, now - make_interval(secs => ${input.catchUpMs / 1000}::float8) AS since
      FROM (SELECT clock_timestamp() AS now, count(*) FROM limits) locked
    ),
    lease AS MATERIALIZED (
      SELECT id FROM workers WHERE id = ${workerId} AND lease_until > clock_timestamp() FOR KEY SHARE
    ),
    campaign AS MATERIALIZED (
      SELECT id FROM campaigns WHERE workspace_id = ${workspaceId} AND id = ${campaignId} AND status = 'active'
    ),
    granted AS MATERIALIZED (
      SELECT
        min(floor(extract(epoch FROM now + make_interval(secs => ${GRANT_HORIZON_MS / 1000}) + emission - greatest(tat, since))
          / extract(epoch FROM emission)))::int AS slots,
        max(greatest(tat, since)) AS first_slot,
        max(emission) AS spacing
      FROM limits, clock
      HAVING count(*) = 2 AND bool_and(blocked_until <= now)
        AND EXISTS (SELECT 1 FROM lease) AND EXISTS (SELECT 1 FROM campaign)
        ${closed ? sql`AND ${isStillClosed({ workspaceId, senderId, closed }, sql)}` : sql``}
    ),
    ${limited.quota}
    head AS MATERIALIZED (
      SELECT id, ${daily ? sql`seq, phone,` : sql``} EXISTS (
        SELECT 1 FROM opt_outs o WHERE o.workspace_id = ${workspaceId} AND o.phone = r.phone
      ) AS opted_out${closed ? sql`, ${prefixOfRow(sql)} = ANY(${closed.prefixes}::text[]) AS closed` : sql``}
      FROM recipients r
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND pending AND seq > ${input.afterSeq}
      ORDER BY seq
      LIMIT coalesce((SELECT greatest(least(${input.max}::int, slots - ${input.carried}::int), 0) FROM granted), 0)
      FOR UPDATE SKIP LOCKED
    ),
    ${limited.chosen}
    claimed AS (
      UPDATE recipients SET
        pending = false,
        state = 'sending',
        attempt = attempt + 1,
        worker_id = ${workerId},
        claimed_at = clock_timestamp()
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId}
        AND id = ANY(ARRAY(SELECT id FROM head WHERE NOT opted_out ${isOpen} ${limited.isChosen}))
      RETURNING id, seq, phone, attempt, failed_attempt, pair_refusals, variant, cells
    ),
    changes AS (
      UPDATE recipients SET pending = false, state = 'skipped'
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId}
        AND id = ANY(ARRAY(SELECT id FROM head WHERE opted_out))
      RETURNING workspace_id, campaign_id, variant, 'pending'::recipient_status AS old_status, status AS new_status
    ),
    ${sql.unsafe(countChanges())},
    ${closed ? sql`aside AS (${putAside({ workspaceId, campaignId, closed }, sql`SELECT id FROM head WHERE closed AND NOT opted_out`, sql)}),` : sql``}
    ${limited.noted}
    used AS MATERIALIZED (
      SELECT least(g.slots, ${input.carried}::int) + (SELECT count(*) FROM claimed)::int AS n, g.first_slot
      FROM granted g WHERE g.slots > 0
    ),
    reserved AS (
      UPDATE rate_limits l SET tat = greatest(l.tat, u.first_slot) + u.n * limits.emission
      FROM limits, used u
      WHERE l.workspace_id = ${workspaceId} AND l.id = limits.id AND u.n > 0
    )
    SELECT
      coalesce((SELECT n FROM used), 0) AS slots,
      coalesce((SELECT greatest(g.slots, 0) FROM granted g), 0) AS "slotsOffered",
      coalesce((SELECT extract(epoch FROM g.first_slot - clock.now) * 1000 FROM granted g), 0)::float8 AS "firstSlotMs",
      coalesce((SELECT extract(epoch FROM g.spacing) * 1000 FROM granted g), 0)::float8 AS "spacingMs",
      EXISTS (SELECT 1 FROM campaign) AS "campaignActive",
      EXISTS (SELECT 1 FROM lease) AS "leaseValid",
      coalesce((SELECT greatest(max(extract(epoch FROM blocked_until - clock.now) * 1000), 0) FROM limits), 0)::float8 AS "blockedMs",
      coalesce((SELECT rate FROM limits WHERE id = ${campaignId}), 0)::float8 AS "campaignRate",
      coalesce((SELECT rate FROM limits WHERE id = ${senderId}), 0)::float8 AS "senderRate",
      ${limited.held} AS "heldByLimit",
      c.id, c.seq::float8 AS seq, c.phone, c.attempt, c.failed_attempt AS "failedAttempt",
      c.pair_refusals AS "pairRefusals", c.variant, c.cells
    FROM clock LEFT JOIN claimed c ON true
    ORDER BY c.seq`;
  const [first] = rows;
  if (!first) throw new Error('the claim answered no row');
  return { ...toGrant(first), recipients: rows.flatMap((row) => toRecipient(row) ?? []) };
}

type ClaimRow = Grant & { [K in keyof ClaimedRecipient]: ClaimedRecipient[K] | null };

function toGrant(row: Grant): Grant {
  const { slots, slotsOffered, firstSlotMs, spacingMs, campaignActive, leaseValid, blockedMs } = row;
  const { campaignRate, senderRate, heldByLimit } = row;
  return {
    slots,
    slotsOffered,
    firstSlotMs,
    spacingMs,
    campaignActive,
    leaseValid,
    blockedMs,
    campaignRate,
    senderRate,
    heldByLimit,
  };
}

/** Null for the one row that carries the grant when nobody was claimed. */
function toRecipient(row: ClaimRow): ClaimedRecipient | null {
  const { id, seq, phone, attempt, failedAttempt, pairRefusals, variant, cells } = row;
  if (id === null || seq === null || phone === null || attempt === null) return null;
  return {
    id,
    seq,
    phone,
    attempt,
    failedAttempt: failedAttempt ?? 0,
    pairRefusals: pairRefusals ?? 0,
    variant,
    // Drizzle's pool setting hands jsonb over as text.
    cells: typeof cells === 'string' ? (JSON.parse(cells) as string[]) : (cells ?? []),
  };
}
