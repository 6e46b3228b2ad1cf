import type { Fragment } from 'postgres';
import { database, type Sql } from '@/db/client';
import type { Closed } from '@/lib/send-window/closed';
import { APART, placesByPrefix, prefixLength } from '@/lib/send-window/places';
import type { WorkspaceId } from '@/lib/tenant';

// Recipients who wait until their sender's window opens where they are. Such a row is queued and not pending: its
// retry_at says when it opens, and wakeDueRecipients (queue.ts) puts it back, as it does with any wait.

interface OfCampaign {
  workspaceId: WorkspaceId;
  campaignId: string;
}

export interface HeldCampaign extends OfCampaign {
  senderId: string;
}

/** Rows looked at by one statement: some tenths of a second at most, for it holds locks on those it puts aside. */
export const ROWS_A_LOOK = 5_000;

let lengths: string | undefined;

/** What a row's number begins with that says where it is: as prefixOf in lib/send-window/places.ts. */
export function prefixOfRow(sql: Sql): Fragment {
  // Constants, in the statement's own text: they are parsed when it is prepared, not at every run.
  lengths ??= `CASE calling_code ${Object.keys(APART)
    .map((code) => `WHEN ${code} THEN ${prefixLength(Number(code))}`)
    .join(' ')} ELSE 0 END`;
  return sql.unsafe(`CASE WHEN left(phone, ${lengths}) = ANY('{${longPrefixes()}}'::text[])
    THEN left(phone, ${lengths}) ELSE '+' || calling_code END`);
}

let long: string | undefined;

/** Digits and plus signs only, from libphonenumber's data. */
function longPrefixes(): string {
  const codes = Object.keys(APART);
  long ??= [...placesByPrefix().keys()]
    .filter((prefix) =>
      codes.some((code) => prefix.length === prefixLength(Number(code)) && prefix.startsWith(`+${code}`)),
    )
    .join();
  return long;
}

/** Whether what is known of the window still holds: by the database's clock, and as the sender's row has it now. */
export function isStillClosed(
  { workspaceId, senderId, closed }: { workspaceId: WorkspaceId; senderId: string; closed: Closed },
  sql: Sql,
): Fragment {
  return sql`clock_timestamp() < to_timestamp(${closed.validUntil / 1000}::float8) AND EXISTS (
    SELECT 1 FROM senders
    WHERE workspace_id = ${workspaceId} AND id = ${senderId} AND send_window = ${JSON.stringify(closed.window)}::text::jsonb)`;
}

/** When the window of a row opens; null: it is open. By place in two arrays: a join might read the rows for each of them. */
function opensAtOfRow({ prefixes, opensAt }: Pick<Closed, 'prefixes' | 'opensAt'>, sql: Sql): Fragment {
  const seconds = opensAt.map((ms) => ms / 1000);
  return sql`to_timestamp((${seconds}::float8[])[array_position(${prefixes}::text[], ${prefixOfRow(sql)})])`;
}

/** The update that makes those rows wait until their window opens. Plan: the primary key, by the array. */
export function putAside(
  { workspaceId, campaignId, closed }: OfCampaign & { closed: Closed },
  ids: Fragment,
  sql: Sql,
): Fragment {
  return sql`
    UPDATE recipients SET pending = false, retry_at = ${opensAtOfRow(closed, sql)}, waits_for = 'window'
    WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND id = ANY(ARRAY(${ids}))`;
}

export interface Look {
  /** How many rows were looked at; fewer than ROWS_A_LOOK: it has come to the end. */
  looked: number;
  /** The last of them; null: none. */
  lastSeq: number | null;
  /** How many of them wait from now on. */
  held: number;
}

/**
 * Looks at the next pending rows after a mark and makes those wait whose window is closed, so that claims find
 * open ones. Those who come to the queue later have a higher seq: one walk sees all. Who is locked is being
 * claimed, or put aside by another worker. Plan: recipients_claim for the look, the primary key for the rest.
 */
export async function holdClosed(
  of: HeldCampaign & { closed: Closed; afterSeq: number },
  sql: Sql = database().sql,
): Promise<Look> {
  const { workspaceId, campaignId, closed, afterSeq } = of;
  const [row] = await sql<Look[]>`
    WITH look AS MATERIALIZED (
      SELECT id, seq, ${prefixOfRow(sql)} = ANY(${closed.prefixes}::text[]) AS closed FROM recipients
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND pending AND seq > ${afterSeq}
        AND ${isStillClosed(of, sql)}
      ORDER BY seq LIMIT ${ROWS_A_LOOK}
    ),
    locked AS MATERIALIZED (
      SELECT id FROM recipients
      -- Still pending, in words that no partial index answers: it would walk the whole queue.
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND state = 'queued' AND retry_at IS NULL
        AND id = ANY(ARRAY(SELECT id FROM look WHERE closed))
      ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
    ),
    aside AS (${putAside(of, sql`SELECT id FROM locked`, sql)} RETURNING 1)
    SELECT (SELECT count(*)::int FROM look) AS looked, (SELECT max(seq)::float8 FROM look) AS "lastSeq",
      (SELECT count(*)::int FROM aside) AS held`;
  return row ?? { looked: 0, lastSeq: null, held: 0 };
}

/**
 * The sender's window was changed: walks over the campaign and judges anew until when those wait who wait for it. Who
 * need not wait any more is due at once. `closed` undefined: there is no window. Plan: the primary key, in its order.
 */
export async function rejudgeHeld(
  of: OfCampaign & { closed: Closed | undefined; afterId: string },
  sql: Sql = database().sql,
): Promise<{ looked: number; lastId: string | null }> {
  const { workspaceId, campaignId, closed, afterId } = of;
  const [row] = await sql<{ looked: number; lastId: string | null }[]>`
    WITH look AS MATERIALIZED (
      SELECT id, retry_at IS NOT NULL AND waits_for = 'window' AS held FROM recipients
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND id > ${afterId}
      ORDER BY id LIMIT ${ROWS_A_LOOK}
    ),
    judged AS MATERIALIZED (
      SELECT id, retry_at, coalesce(${opensAtOfRow(closed ?? { prefixes: [], opensAt: [] }, sql)}, clock_timestamp()) AS due_at
      FROM recipients
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId}
        AND id = ANY(ARRAY(SELECT id FROM look WHERE held))
        -- Still held, in words that no partial index answers: each of its rows would be compared with each id.
        AND state = 'queued' AND NOT pending AND waits_for = 'window'
      -- Waits for whoever has a row: nobody comes by here again before the next change.
      ORDER BY id FOR NO KEY UPDATE
    ),
    moved AS (
      UPDATE recipients
      SET retry_at = coalesce(${opensAtOfRow(closed ?? { prefixes: [], opensAt: [] }, sql)}, clock_timestamp())
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId}
        AND id = ANY(ARRAY(SELECT id FROM judged WHERE retry_at <> due_at))
    )
    -- A uuid has no max() in every version that is supported.
    SELECT (SELECT count(*)::int FROM look) AS looked, (SELECT id FROM look ORDER BY id DESC LIMIT 1) AS "lastId"`;
  return row ?? { looked: 0, lastId: null };
}

/** Those who wait for their window, by what their numbers begin with and when it opens. Plan: recipients_retry. */
export async function countHeld(
  of: OfCampaign,
  sql: Sql = database().sql,
): Promise<{ prefix: string; opensAt: number; held: number }[]> {
  return sql<{ prefix: string; opensAt: number; held: number }[]>`
    SELECT ${prefixOfRow(sql)} AS prefix, (extract(epoch FROM retry_at) * 1000)::float8 AS "opensAt", count(*)::int AS held
    FROM recipients
    WHERE workspace_id = ${of.workspaceId} AND campaign_id = ${of.campaignId} AND retry_at IS NOT NULL AND waits_for = 'window'
    GROUP BY 1, 2`;
}

/** Whether anybody waits for a window, or is still said to. Plan: recipients_retry. */
export async function hasHeld(of: OfCampaign, sql: Sql = database().sql): Promise<boolean> {
  const [row] = await sql<{ held: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM recipients
      WHERE workspace_id = ${of.workspaceId} AND campaign_id = ${of.campaignId} AND retry_at IS NOT NULL AND waits_for = 'window'
    ) OR EXISTS (
      SELECT 1 FROM campaign_waits
      WHERE workspace_id = ${of.workspaceId} AND campaign_id = ${of.campaignId} AND reason = 'window'
    ) AS held`;
  return row?.held ?? false;
}
