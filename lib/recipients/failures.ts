import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';
import {
  meaningFor,
  offersSuppression,
  retryAdviceFor,
  retryWaitHoursFor,
  stepsFor,
} from '@/lib/whatsapp/errors';
import { getImportedColumns } from './queries';
import { MAX_COUNTED_FAILURES } from './counted-failures';
import type { FailureGroup } from './schema';

interface Row extends Record<string, unknown> {
  code: number | null;
  count: number;
  sample: string | null;
  last_failed_at: string;
}

/**
 * A campaign's failed recipients by cause, the largest group first; throws 404. Index recipients_failed; of
 * more than MAX_COUNTED_FAILURES only the first so many, in upload order, are looked at.
 */
export async function listFailures(
  key: { workspaceId: WorkspaceId; campaignId: string },
  db: Db = database().db,
): Promise<FailureGroup[]> {
  await getImportedColumns(key, db);
  const rows = await db.execute<Row>(sql`
    SELECT error_code AS code, count(*)::int AS count, min(error_message) AS sample,
      max(failed_at)::text AS last_failed_at
    FROM (
      SELECT error_code, error_message, failed_at FROM recipients
      WHERE workspace_id = ${key.workspaceId} AND campaign_id = ${key.campaignId}
        AND failed_at IS NOT NULL AND status = 'failed'
      ORDER BY id LIMIT ${MAX_COUNTED_FAILURES}
    ) failed
    GROUP BY error_code ORDER BY count(*) DESC, error_code NULLS LAST`);
  return rows.map(toGroup);
}

function toGroup({ code, count, sample, last_failed_at }: Row): FailureGroup {
  const hours = retryWaitHoursFor(code);
  const lastFailedAt = new Date(last_failed_at);
  return {
    error_code: code,
    count,
    meaning: meaningFor(code),
    remedy: stepsFor(code),
    retry_advice: retryAdviceFor(code),
    retry_from:
      hours === undefined ? null : new Date(lastFailedAt.getTime() + hours * 3_600_000).toISOString(),
    offers_suppression: offersSuppression(code),
    sample_message: sample,
    last_failed_at: lastFailedAt.toISOString(),
  };
}
