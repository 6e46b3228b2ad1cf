import { randomBytes } from 'node:crypto';
import { sql, type SQL } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Db } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';
import { NEVER } from './winner-hold';
import { CountryFinder } from './phone-country';

export interface ImportRow {
  /** Of the upload; the header is 1. */
  row: number;
  cells: readonly string[];
  /** E.164 with the plus. */
  phone: string;
  callingCode: number;
  /** ISO 3166 alpha-2, if it was learned on the way. */
  country?: string | undefined;
}

export interface RejectedRow {
  row: number;
  cells: readonly string[];
  reason: string;
}

export interface ImportBatch {
  workspaceId: WorkspaceId;
  campaignId: string;
  rows: readonly ImportRow[];
  /** Leave out numbers on the do-not-contact list; else they are stored, and skipped when sending. */
  leaveOutSuppressed: boolean;
  /** Which message a number gets, 1–4; null: it waits for the choice. Absent: there is one message. */
  variantOf?: ((phone: string) => number | null) | undefined;
}

/** A row left out by the database, not by its own content. */
export interface LeftOut {
  row: number;
  code: 'duplicate' | 'suppressed';
}

export const LEFT_OUT_REASON: Record<LeftOut['code'], string> = {
  duplicate: 'The same number stands further up in the list already.',
  suppressed: 'This number is on the do-not-contact list.',
};

const finder = new CountryFinder();

/**
 * Stores a batch of checked rows, in order; the first row of a number wins, over batches too. What is left
 * out is noted in rejected_rows in the same statement, and returned. Run it in the import's transaction.
 */
export async function importRecipients(batch: ImportBatch, tx: Db): Promise<LeftOut[]> {
  if (batch.rows.length === 0) return [];
  const { workspaceId, campaignId, variantOf } = batch;
  const { rows } = batch;
  // A text for each column: to read the same rows from one JSON took PostgreSQL as long as to store them.
  return (await tx.execute(sql`
    WITH input AS MATERIALIZED (
      SELECT * FROM unnest(
        ${column(rows.map(({ row }) => row))}::int[],
        ${column(orderedIds(rows.length))}::uuid[],
        ${column(rows.map(({ phone }) => phone))},
        ${column(rows.map(({ callingCode }) => callingCode))}::smallint[],
        ${column(rows.map(({ country, phone }) => country ?? finder.of(phone)))},
        ${column(rows.map(({ phone }) => variantOf?.(phone)))}::smallint[],
        ${column(rows.map(({ cells }) => JSON.stringify(cells)))}::jsonb[]
      ) AS r ("row", id, phone, code, country, variant, cells)
    ), suppressed AS MATERIALIZED (
      SELECT o.phone FROM opt_outs o
      WHERE ${batch.leaveOutSuppressed} AND o.workspace_id = ${workspaceId}
        AND o.phone = ANY (ARRAY(SELECT phone FROM input))
    ), stored AS (
      INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, country, variant, pending, retry_at, waits_for, cells)
      SELECT ${workspaceId}::uuid, ${campaignId}::uuid, id, phone, code, country, variant,
        NOT waits, CASE WHEN waits THEN ${NEVER}::timestamptz END, CASE WHEN waits THEN 'winner' END, cells
      FROM (SELECT *, ${variantOf !== undefined} AND variant IS NULL AS waits FROM input) given
      WHERE phone NOT IN (SELECT phone FROM suppressed) ORDER BY "row"
      ON CONFLICT (workspace_id, campaign_id, phone) WHERE calling_code > 0 DO NOTHING
      RETURNING id, calling_code, country
    ), counted AS (
      INSERT INTO campaign_countries AS k (workspace_id, campaign_id, calling_code, country, people)
      SELECT ${workspaceId}::uuid, ${campaignId}::uuid, calling_code, country, count(*) FROM stored
      GROUP BY calling_code, country
      ON CONFLICT (workspace_id, campaign_id, calling_code, country) DO UPDATE SET people = k.people + excluded.people
    ), left_out AS (
      SELECT "row", cells, CASE WHEN phone IN (SELECT phone FROM suppressed)
        THEN 'suppressed' ELSE 'duplicate' END AS code
      FROM input WHERE id NOT IN (SELECT id FROM stored)
    ), noted AS (
      INSERT INTO rejected_rows (workspace_id, campaign_id, row_number, code, reason, cells)
      SELECT ${workspaceId}::uuid, ${campaignId}::uuid, "row", code,
        CASE code WHEN 'suppressed' THEN ${LEFT_OUT_REASON.suppressed} ELSE ${LEFT_OUT_REASON.duplicate} END, cells
      FROM left_out
    )
    SELECT "row", code FROM left_out ORDER BY "row"`)) as unknown as LeftOut[];
}

/** Notes rows whose own content is wrong. Run it in the import's transaction. */
export async function noteRejectedRows(
  input: { workspaceId: WorkspaceId; campaignId: string; rows: readonly RejectedRow[] },
  tx: Db,
): Promise<void> {
  if (input.rows.length === 0) return;
  await tx.execute(sql`
    INSERT INTO rejected_rows (workspace_id, campaign_id, row_number, code, reason, cells)
    SELECT ${input.workspaceId}::uuid, ${input.campaignId}::uuid, "row", 'invalid', reason, cells
    FROM json_to_recordset(${JSON.stringify(input.rows)}::text::json)
      AS r ("row" int, reason text, cells jsonb)`);
}

/** An array of text, a line each, which none of the values may break; an empty line is NULL. JSON breaks no line. */
function column(values: readonly (string | number | null | undefined)[]): SQL {
  return sql`string_to_array(${values.join('\n')}::text, chr(10), '')`;
}

const ID_BYTES = 16;

/** UUIDs in ascending order. What is random in them is drawn once: drawing it one by one takes longer than checking a row. */
function orderedIds(count: number): string[] {
  const [msecs, random] = [Date.now(), randomBytes(ID_BYTES * count)];
  return Array.from({ length: count }, (_, seq) =>
    uuidv7({ msecs, seq, random: random.subarray(ID_BYTES * seq, ID_BYTES * (seq + 1)) }),
  );
}
