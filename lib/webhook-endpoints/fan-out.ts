import { database, type Sql } from '@/db/client';

/** Of each workspace at a time, so that one that has much to tell does not hold up the others. */
const SLICE = 200;

/*
 * What an event says, from what was recorded and from the rows it names. An event whose rows are gone meanwhile
 * (a deleted campaign, an erased person) says nothing any more; neither does a test message's.
 */
const CONTENTS = `
  SELECT NULL::text AS phone, t.data WHERE t.type LIKE 'campaign.%'
  UNION ALL
  SELECT t.data ->> 'phone', t.data WHERE t.type = 'contact.opted_out'
  UNION ALL
  SELECT r.phone, jsonb_build_object('campaign_id', c.id, 'campaign_name', c.name, 'recipient_id', r.id, 'to', r.phone,
    'error_code', t.data -> 'error_code', 'error_message', t.data -> 'error_message')
  FROM campaigns c JOIN recipients r ON r.workspace_id = c.workspace_id AND r.campaign_id = c.id
  WHERE t.type = 'message.failed' AND c.workspace_id = t.workspace_id AND c.id = (t.data ->> 'campaign_id')::uuid
    AND NOT c.is_test AND r.id = (t.data ->> 'recipient_id')::uuid AND r.phone LIKE '+%'
  UNION ALL
  SELECT m.phone, jsonb_build_object('sender_id', m.sender_id, 'message_id', m.wamid, 'from', m.phone, 'kind', m.kind,
    'text', m.body, 'in_reply_to', m.context_wamid, 'campaign_id', m.campaign_id, 'recipient_id', m.recipient_id)
  FROM inbound_messages m
  WHERE t.type = 'message.replied' AND m.workspace_id = t.workspace_id AND m.id = (t.data ->> 'inbound_id')::uuid`;

/**
 * Turns what the outbox holds into deliveries, one for each endpoint that is on and asks for it; returns how many rows
 * it took. One statement: whatever happens to it, each row is either still in the outbox or has become
 * its deliveries. Any number of workers at once: each takes rows that no other has locked.
 */
export async function fanOut(sql: Sql = database().sql): Promise<number> {
  const [row] = await sql<{ taken: number }[]>`
    WITH tellers AS MATERIALIZED (SELECT DISTINCT workspace_id FROM webhook_endpoints),
    taken AS MATERIALIZED (
      SELECT o.* FROM tellers w CROSS JOIN LATERAL (
        SELECT workspace_id, seq, event_id, type, data, occurred_at FROM webhook_outbox
        WHERE workspace_id = w.workspace_id ORDER BY seq LIMIT ${SLICE} FOR UPDATE SKIP LOCKED
      ) o
    ),
    -- Locked, so that one which is being deleted leaves no deliveries behind.
    asking AS MATERIALIZED (
      SELECT workspace_id, id, events FROM webhook_endpoints
      WHERE enabled AND workspace_id IN (SELECT workspace_id FROM taken)
      ORDER BY workspace_id, id FOR KEY SHARE
    ),
    cleared AS (
      DELETE FROM webhook_outbox o USING taken t WHERE o.workspace_id = t.workspace_id AND o.seq = t.seq
    ),
    told AS (
      INSERT INTO webhook_deliveries (workspace_id, endpoint_id, event_id, type, phone, body)
      SELECT t.workspace_id, e.id, t.event_id, t.type, x.phone,
        json_build_object('type', t.type, 'timestamp',
          to_char(t.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'data', x.data)::text
      FROM taken t
        JOIN asking e ON e.workspace_id = t.workspace_id AND t.type = ANY(e.events)
        CROSS JOIN LATERAL (${sql.unsafe(CONTENTS)}) x
      ORDER BY t.workspace_id, t.seq
    )
    SELECT count(*)::int AS taken FROM taken`;
  return row?.taken ?? 0;
}
