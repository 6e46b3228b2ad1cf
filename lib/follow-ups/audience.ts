import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';
import { REPLY_WITHIN_DAYS } from './audiences';
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

/** How many replied, and how many of them are known to have read it. By the messages, which are few. */
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

/**
 * Who replied: their message answers one of ours by its id (an earlier attempt's too), or answers none and came to the
 * same number within the bound. From the messages since the campaign began (inbound_messages_sender) to their
 * recipients, each by an index: a campaign has many recipients and few replies.
 */
function repliedCte({ workspaceId, campaignId }: OfCampaign): SQL {
  // WhatsApp's clock has whole seconds: an answer may seem to come before the message.
  const began = sql`date_trunc('second', least(r.accepted_at, r.sent_at))`;
  const key = sql`r.workspace_id = m.workspace_id AND r.campaign_id = ${campaignId}::uuid`;
  return sql`
    written AS MATERIALIZED (
      SELECT i.workspace_id, i.context_wamid, i.phone, i.received_at
      FROM campaigns c JOIN inbound_messages i ON i.workspace_id = c.workspace_id AND i.sender_id = c.sender_id
        AND i.received_at >= date_trunc('second', c.created_at)
      WHERE c.workspace_id = ${workspaceId}::uuid AND c.id = ${campaignId}::uuid
    ),
    replied AS MATERIALIZED (
      SELECT r.id FROM written m JOIN recipients r ON ${key} AND r.wamid = m.context_wamid
      UNION
      SELECT r.recipient_id FROM written m JOIN past_attempts r ON ${key} AND r.wamid = m.context_wamid
      UNION
      SELECT r.id FROM written m JOIN recipients r ON ${key} AND r.calling_code > 0 AND r.phone = m.phone
      WHERE m.context_wamid IS NULL AND m.received_at >= ${began}
        AND m.received_at < ${began} + make_interval(days => ${REPLY_WITHIN_DAYS}::int)
    )`;
}
