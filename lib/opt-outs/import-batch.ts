import { sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import type { Actor } from '@/lib/tenant';
import { recordOptedOut } from '@/lib/webhook-endpoints/outbox';

export interface ImportedNumber {
  /** E.164 with the plus. */
  phone: string;
  reason: string;
}

/** Numbers put on the list by one statement: some 100 ms under its locks. */
const SLICE = 20_000;

/**
 * A file's numbers wait beside the list until all of it is read: a stop word that comes meanwhile must not wait
 * for the end of an upload, nor two imports for each other. The table goes with the transaction.
 */
export async function openImport(tx: Db): Promise<void> {
  await tx.execute(sql`
    CREATE TEMPORARY TABLE opt_out_import (phone text PRIMARY KEY, reason text NOT NULL) ON COMMIT DROP`);
}

/** Returns how many of the numbers had not come yet; of a repeated one the first stands. */
export async function stageNumbers(numbers: readonly ImportedNumber[], tx: Db): Promise<number> {
  if (numbers.length === 0) return 0;
  const rows = await tx.execute(sql`
    INSERT INTO opt_out_import (phone, reason)
    SELECT phone, reason FROM json_to_recordset(${JSON.stringify(numbers)}::text::json) AS r (phone text, reason text)
    ON CONFLICT DO NOTHING RETURNING 1`);
  return rows.length;
}

/**
 * Puts the staged numbers on the list in the order in which everybody does; returns how many were not on it. An
 * entry that is there stays as it is.
 */
export async function storeStagedNumbers({ workspaceId, userId }: Actor, tx: Db): Promise<number> {
  let added = 0;
  let after = '';
  for (;;) {
    const [slice] = await tx.execute<{ taken: number; added: number; last: string | null }>(sql`
      WITH slice AS MATERIALIZED (
        SELECT phone, reason FROM opt_out_import WHERE phone > ${after} ORDER BY phone LIMIT ${SLICE}
      ), stored AS (
        INSERT INTO opt_outs (workspace_id, phone, source, reason, user_id)
        SELECT ${workspaceId}::uuid, phone, 'import', reason, ${userId}::uuid FROM slice ORDER BY phone
        ON CONFLICT DO NOTHING RETURNING workspace_id, phone, reason
      ), ${recordOptedOut({ workspaceId, source: 'import', reason: sql`reason` })}
      SELECT (SELECT count(*) FROM slice)::int AS taken, (SELECT count(*) FROM stored)::int AS added,
        (SELECT max(phone) FROM slice) AS last`);
    if (!slice || slice.last === null) return added;
    added += slice.added;
    after = slice.last;
    if (slice.taken < SLICE) return added;
  }
}
