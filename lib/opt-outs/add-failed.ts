import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { AppError } from '@/lib/errors';
import { getImportedColumns } from '@/lib/recipients/queries';
import type { Actor } from '@/lib/tenant';
import { recordOptedOut } from '@/lib/webhook-endpoints/outbox';
import { offersSuppression } from '@/lib/whatsapp/errors';
import type { AddedOptOuts } from './schema';

/** Failed recipients looked at by one statement: some 100 ms under its locks. */
const SLICE = 10_000;

interface Slice extends Record<string, unknown> {
  last: string | null;
  numbers: number;
  added: number;
}

/**
 * Puts every number that failed in a campaign with this code on the do-not-contact list, saying which campaign.
 * Each slice stands by itself: after a failure half-way the same call does the rest, and twice adds nothing. Throws
 * 404, and 422 for a code that says nothing about the number.
 */
export async function addFailedToOptOuts(
  actor: Actor,
  { campaignId, errorCode }: { campaignId: string; errorCode: number },
  db: Db = database().db,
): Promise<AddedOptOuts> {
  const { name } = await getImportedColumns({ workspaceId: actor.workspaceId, campaignId }, db);
  if (!offersSuppression(errorCode)) {
    const message = `Code ${errorCode} does not say that a number cannot be reached: its failures stay off the list.`;
    throw new AppError('invalid', 'code_not_suppressible', message, {
      issues: [{ path: 'error_code', message }],
    });
  }
  const reason = `Could not be reached on WhatsApp in the campaign “${name}” (code ${errorCode}).`;
  const total = { added: 0, numbers: 0 };
  let after: string | null = null;
  do {
    const slice: Slice = await addSlice(actor, { campaignId, errorCode, reason, after }, db);
    total.added += slice.added;
    total.numbers += slice.numbers;
    after = slice.last;
  } while (after !== null);
  return { success: true, added: total.added, already: total.numbers - total.added };
}

/** Index recipients_failed; who was erased has no number any more. Sorted, as everybody adds. */
async function addSlice(
  { workspaceId, userId }: Actor,
  of: { campaignId: string; errorCode: number; reason: string; after: string | null },
  db: Db,
): Promise<Slice> {
  const detail = JSON.stringify({ source: 'whatsapp_error', reason: of.reason });
  const [slice] = await db.execute<Slice>(sql`
    WITH slice AS MATERIALIZED (
      SELECT id, phone, status, error_code FROM recipients
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${of.campaignId} AND failed_at IS NOT NULL
        AND (${of.after}::uuid IS NULL OR id > ${of.after}::uuid)
      ORDER BY id LIMIT ${SLICE}
    ), numbers AS (
      SELECT DISTINCT phone FROM slice
      WHERE status = 'failed' AND error_code = ${of.errorCode} AND phone ~ '^\\+[1-9][0-9]{5,14}$'
    ), stored AS (
      INSERT INTO opt_outs (workspace_id, phone, source, reason, user_id)
      SELECT ${workspaceId}::uuid, phone, 'whatsapp_error', ${of.reason}, ${userId}::uuid FROM numbers ORDER BY phone
      ON CONFLICT DO NOTHING RETURNING workspace_id, phone, reason
    ), ${recordOptedOut({ workspaceId, source: 'whatsapp_error', reason: sql`reason` })}, told AS (
      INSERT INTO audit_events (workspace_id, user_id, kind, subject, detail)
      SELECT ${workspaceId}::uuid, ${userId}::uuid, 'opt_out_added', phone, ${detail}::text::jsonb FROM stored
    )
    SELECT (SELECT id FROM slice ORDER BY id DESC LIMIT 1) AS last,
      (SELECT count(*) FROM numbers)::int AS numbers, (SELECT count(*) FROM stored)::int AS added`);
  return slice ?? { last: null, numbers: 0, added: 0 };
}
