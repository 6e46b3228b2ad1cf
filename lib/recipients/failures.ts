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
import { countWaiting } from './queue';
import type { FailureGroup } from './schema';

/** So many of a cause are looked up on the do-not-contact list at most, in upload order: it is read often. */
const MAX_LOOKED_UP = 10_000;

interface OfCampaign {
  workspaceId: WorkspaceId;
  campaignId: string;
}

interface Row extends Record<string, unknown> {
  code: number | null;
  count: number;
  sample: string | null;
  last_failed_at: string;
}

/**
 * A campaign's failed recipients by cause, the largest group first; throws 404. Read from failure_counters: a few
 * rows, however many have failed.
 */
export async function listFailures(key: OfCampaign, db: Db = database().db): Promise<FailureGroup[]> {
  await getImportedColumns(key, db);
  const rows = await db.execute<Row>(sql`
    SELECT error_code AS code, sum(failed)::int AS count,
      (array_agg(sample ORDER BY last_failed_at DESC) FILTER (WHERE sample IS NOT NULL))[1] AS sample,
      max(last_failed_at)::text AS last_failed_at
    FROM failure_counters
    WHERE workspace_id = ${key.workspaceId} AND campaign_id = ${key.campaignId}
    GROUP BY error_code HAVING sum(failed) > 0
    ORDER BY count DESC, error_code NULLS LAST`);
  return Promise.all(
    rows.map(async (row) => ({
      ...toGroup(row),
      retry_ready: await countReady(key, row, db),
      suppression:
        row.code !== null && offersSuppression(row.code)
          ? await countSuppressed({ ...key, errorCode: row.code }, db)
          : null,
    })),
  );
}

/** Counted only while some must wait and some need not any more; index recipients_failed_code. */
async function countReady(of: OfCampaign, { code, count, last_failed_at }: Row, db: Db): Promise<number> {
  if (retryAdviceFor(code) === 'never') return 0;
  const hours = retryWaitHoursFor(code);
  if (hours === undefined || Date.parse(last_failed_at) + hours * 3_600_000 <= Date.now()) return count;
  const { waiting } = await countWaiting({ ...of, errorCodes: [code] }, db);
  return Math.max(count - waiting, 0);
}

/** Of who failed with this code, who has a number, and whose is on the do-not-contact list. Index recipients_failed_code. */
async function countSuppressed(
  { workspaceId, campaignId, errorCode }: OfCampaign & { errorCode: number },
  db: Db,
): Promise<FailureGroup['suppression']> {
  const [row] = await db.execute<{ looked_up: number; on_list: number }>(sql`
    SELECT count(*)::int AS looked_up, count(o.phone)::int AS on_list
    FROM (
      SELECT phone FROM recipients
      WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND error_code = ${errorCode}
        AND failed_at IS NOT NULL AND status = 'failed' AND starts_with(phone, '+')
      ORDER BY id LIMIT ${MAX_LOOKED_UP}
    ) failed
    LEFT JOIN opt_outs o ON o.workspace_id = ${workspaceId} AND o.phone = failed.phone`);
  const { looked_up, on_list } = row ?? { looked_up: 0, on_list: 0 };
  return { looked_up, on_list, complete: looked_up < MAX_LOOKED_UP };
}

function toGroup({
  code,
  count,
  sample,
  last_failed_at,
}: Row): Omit<FailureGroup, 'suppression' | 'retry_ready'> {
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
