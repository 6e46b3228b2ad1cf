import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { countResponses } from '@/lib/stats/counters';
import type { WorkspaceId } from '@/lib/tenant';
import { REPLY_WITHIN_DAYS } from './window';

export interface AttributedReply {
  messageId: string;
  campaignId: string;
  recipientId: string;
  /** The number our message went to, which may be another form of the one that answers. */
  phone: string;
}

/**
 * Finds whose answers these just stored messages are and counts them, in the caller's transaction: the one rule of
 * what a reply is. A message that names one of ours answers that (an earlier attempt's too); one that names
 * something else answers no campaign; one that names nothing answers the latest message of a campaign that went from
 * this sender to this number within REPLY_WITHIN_DAYS. What WhatsApp itself says of somebody (`system`) is no reply.
 */
export async function attributeReplies(
  of: { workspaceId: WorkspaceId; messageIds: readonly string[] },
  tx: Db,
): Promise<AttributedReply[]> {
  if (of.messageIds.length === 0) return [];
  const replies = await tx.execute<AttributedReply & Record<string, unknown>>(findAndPlace(of));
  // A statement of its own: it must see the rows that somebody else has placed meanwhile.
  if (replies.length > 0) await tx.execute(countReplies(of));
  return [...replies];
}

/** Sets of ids in a statement: as one value, however many. */
const idsOf = (messageIds: readonly string[]) =>
  sql`ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(messageIds)}::text::jsonb)::uuid)`;

/**
 * By inbound_messages_pkey, recipients_wamid, past_attempts_wamid, and, without a context, campaigns_sender and for
 * each campaign that sent within the window recipients_phone. Each recipient is locked against being deleted or
 * erased, in key order; its receipts go on meanwhile.
 */
function findAndPlace({
  workspaceId,
  messageIds,
}: {
  workspaceId: WorkspaceId;
  messageIds: readonly string[];
}): SQL {
  const days = sql`make_interval(days => ${REPLY_WITHIN_DAYS}::int)`;
  return sql`
    WITH written AS MATERIALIZED (
      SELECT workspace_id, id, sender_id, phone, context_wamid, received_at FROM inbound_messages
      WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${idsOf(messageIds)}) AND kind <> 'system'
    ),
    found AS MATERIALIZED (
      SELECT m.workspace_id, m.id AS message_id, c.id AS campaign_id, coalesce(w.id, p.id, t.id) AS recipient_id,
        CASE WHEN m.context_wamid IS NULL THEN 'time' ELSE 'context' END AS matched_by
      FROM written m
        LEFT JOIN LATERAL (
          SELECT r.campaign_id, r.id FROM recipients r
          WHERE r.workspace_id = m.workspace_id AND r.wamid = m.context_wamid AND r.wamid IS NOT NULL LIMIT 1
        ) w ON true
        LEFT JOIN LATERAL (
          SELECT a.campaign_id, a.recipient_id AS id FROM past_attempts a
          WHERE w.id IS NULL AND a.workspace_id = m.workspace_id AND a.wamid = m.context_wamid
          ORDER BY a.attempt LIMIT 1
        ) p ON true
        LEFT JOIN LATERAL (
          SELECT k.id AS campaign_id, r.id
          FROM campaigns k CROSS JOIN LATERAL (
            -- WhatsApp's clock has whole seconds: an answer may seem to come before the message.
            SELECT r.id, date_trunc('second', least(r.accepted_at, r.sent_at)) AS went_out FROM recipients r
            WHERE r.workspace_id = k.workspace_id AND r.campaign_id = k.id AND r.phone = m.phone
              AND r.calling_code > 0 LIMIT 1
          ) r
          WHERE m.context_wamid IS NULL AND k.workspace_id = m.workspace_id AND k.sender_id = m.sender_id
            -- The others sent nothing within the window; a day more, for what was still on its way when they ended.
            AND (k.status IN ('active', 'paused') OR k.updated_at >= m.received_at - ${days} - interval '1 day')
            AND m.received_at >= r.went_out AND m.received_at < r.went_out + ${days}
          ORDER BY r.went_out DESC, k.id DESC LIMIT 1
        ) t ON true
        JOIN campaigns c ON c.workspace_id = m.workspace_id AND c.sender_id = m.sender_id
          AND c.id = coalesce(w.campaign_id, p.campaign_id, t.campaign_id)
    ),
    locked AS MATERIALIZED (
      SELECT f.*, r.phone FROM (SELECT * FROM found ORDER BY campaign_id, recipient_id) f
        CROSS JOIN LATERAL (
          SELECT r.phone FROM recipients r
          WHERE r.workspace_id = f.workspace_id AND r.campaign_id = f.campaign_id AND r.id = f.recipient_id
          FOR KEY SHARE
        ) r
    ),
    placed AS (
      INSERT INTO recipient_responses (workspace_id, campaign_id, recipient_id)
      SELECT DISTINCT workspace_id, campaign_id, recipient_id FROM locked ORDER BY campaign_id, recipient_id
      ON CONFLICT DO NOTHING
    )
    UPDATE inbound_messages i
    SET campaign_id = l.campaign_id, recipient_id = l.recipient_id, matched_by = l.matched_by
    FROM locked l WHERE i.workspace_id = l.workspace_id AND i.id = l.message_id
    RETURNING i.id AS "messageId", i.campaign_id AS "campaignId", i.recipient_id AS "recipientId", l.phone`;
}

/** Each person once, whoever else is counting the same one now. */
function countReplies({
  workspaceId,
  messageIds,
}: {
  workspaceId: WorkspaceId;
  messageIds: readonly string[];
}): SQL {
  return sql`
    WITH given AS MATERIALIZED (
      SELECT workspace_id, campaign_id, recipient_id, min(received_at) AS at, min(received_at) FILTER (WHERE opts_out) AS out_at
      FROM inbound_messages
      WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${idsOf(messageIds)}) AND campaign_id IS NOT NULL
      GROUP BY workspace_id, campaign_id, recipient_id
    ),
    locked AS MATERIALIZED (
      SELECT g.*, p.replied_at, p.opted_out_at FROM (SELECT * FROM given ORDER BY campaign_id, recipient_id) g
        CROSS JOIN LATERAL (
          SELECT p.replied_at, p.opted_out_at FROM recipient_responses p
          WHERE p.workspace_id = g.workspace_id AND p.campaign_id = g.campaign_id AND p.recipient_id = g.recipient_id
          FOR NO KEY UPDATE
        ) p
    ),
    written AS (
      UPDATE recipient_responses p
      SET replied_at = least(l.replied_at, l.at), opted_out_at = least(l.opted_out_at, l.out_at)
      FROM locked l
      WHERE p.workspace_id = l.workspace_id AND p.campaign_id = l.campaign_id AND p.recipient_id = l.recipient_id
    ),
    responses AS (
      SELECT workspace_id, campaign_id,
        (SELECT r.variant FROM recipients r WHERE r.workspace_id = l.workspace_id AND r.campaign_id = l.campaign_id
          AND r.id = l.recipient_id) AS variant,
        (replied_at IS NULL)::int AS replied,
        (opted_out_at IS NULL AND out_at IS NOT NULL)::int AS opted_out, 0 AS clicked, 0 AS clicks
      FROM locked l
    ),
    ${sql.raw(countResponses())}
    SELECT 1`;
}
