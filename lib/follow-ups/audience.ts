import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';
import type { Audience } from './schema';

export interface OfCampaign {
  workspaceId: WorkspaceId;
  campaignId: string;
}

export interface AudienceMember {
  /** E.164 with the plus. */
  phone: string;
  cells: string[];
}

/** Rows in memory at a time: some hundred kilobytes. */
const FETCH_ROWS = 1_000;

/**
 * Everybody of an audience in upload order, a batch at a time, by one statement: all batches are of the moment the
 * first one is asked for, whatever webhooks report meanwhile. Run it in a transaction, one at a time.
 */
export async function* readAudience(
  of: OfCampaign,
  audience: Audience,
  tx: Db,
): AsyncGenerator<AudienceMember[]> {
  await tx.execute(sql`DECLARE follow_up_audience NO SCROLL CURSOR FOR ${selectAudience(of, audience)}`);
  for (;;) {
    const rows = await tx.execute<AudienceMember & Record<string, unknown>>(
      sql.raw(`FETCH ${FETCH_ROWS} FROM follow_up_audience`),
    );
    if (rows.length > 0) yield rows.map(({ phone, cells }) => ({ phone, cells }));
    if (rows.length < FETCH_ROWS) break;
  }
  await tx.execute(sql`CLOSE follow_up_audience`);
}

/** The statement of readAudience. Without those who were erased: they have no number any more. */
export function selectAudience(of: OfCampaign, audience: Audience): SQL {
  const isByReply = audience.audience === 'replied' || audience.audience === 'read_not_replied';
  return sql`
    ${isByReply ? sql`WITH ${repliedCte(of)}` : sql``}
    SELECT r.phone, r.cells FROM recipients r
    WHERE ${ofCampaign(of)} AND starts_with(r.phone, '+') AND ${isIn(audience)}
    ORDER BY ${audience.error_code == null ? sql`r.id` : sql`r.error_code, r.id`}`;
}

/** How many replied, and how many of them are known to have read it. By those who did, who are few. */
export async function countReplied(of: OfCampaign, db: Db): Promise<{ replied: number; read: number }> {
  const [row] = await db.execute<{ replied: number; read: number }>(sql`
    WITH ${repliedCte(of)}
    SELECT count(*)::int AS replied, count(*) FILTER (WHERE r.status = 'read')::int AS read
    FROM recipients r
    WHERE ${ofCampaign(of)} AND starts_with(r.phone, '+') AND ${HAS_REPLIED}`);
  return row ?? { replied: 0, read: 0 };
}

/** By the array they are looked up; by a join the whole campaign may be read. */
const HAS_REPLIED = sql`r.id = ANY(ARRAY(SELECT id FROM replied))`;

function ofCampaign({ workspaceId, campaignId }: OfCampaign): SQL {
  return sql`r.workspace_id = ${workspaceId}::uuid AND r.campaign_id = ${campaignId}::uuid`;
}

function isIn({ audience, error_code: code }: Audience): SQL {
  switch (audience) {
    case 'not_read':
      return sql`r.status IN ('sent', 'delivered')`;
    case 'read_not_replied':
      return sql`r.status = 'read' AND NOT EXISTS (SELECT 1 FROM replied p WHERE p.id = r.id)`;
    case 'replied':
      return HAS_REPLIED;
    case 'read':
      return sql`r.status = 'read'`;
    case 'delivered':
      return sql`r.status IN ('delivered', 'read')`;
    case 'failed':
      // The first condition opens the partial indexes of the failed.
      return sql`r.failed_at IS NOT NULL AND r.status = 'failed' AND ${hasCode(code)}`;
    case 'everyone':
      return sql`true`;
  }
}

function hasCode(code: number | null | undefined): SQL {
  if (code === undefined) return sql`true`;
  return code === null ? sql`r.error_code IS NULL` : sql`r.error_code = ${code}::int`;
}

/** Who replied, as it was found when they did (lib/replies/attribute.ts). */
function repliedCte({ workspaceId, campaignId }: OfCampaign): SQL {
  return sql`
    replied AS MATERIALIZED (
      SELECT recipient_id AS id FROM recipient_responses
      WHERE workspace_id = ${workspaceId}::uuid AND campaign_id = ${campaignId}::uuid AND replied_at IS NOT NULL
    )`;
}
