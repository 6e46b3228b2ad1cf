import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { countResponses } from '@/lib/stats/counters';

export interface Click {
  workspaceId: string;
  campaignId: string;
  recipientId: string;
  at: Date;
}

/**
 * Writes clicks down and counts them: each, and each person once. A recipient that is being deleted or is gone gets
 * none. Rows are locked in key order, as replies lock them.
 */
export async function recordClicks(clicks: readonly Click[], db: Db = database().db): Promise<void> {
  if (clicks.length === 0) return;
  const given = sql`
    given AS MATERIALIZED (
      SELECT workspace_id, campaign_id, recipient_id, count(*)::int AS clicks, min(at) AS first, max(at) AS last
      FROM jsonb_to_recordset(${JSON.stringify(clicks.map(toRow))}::text::jsonb)
        AS g (workspace_id uuid, campaign_id uuid, recipient_id uuid, at timestamptz)
      GROUP BY workspace_id, campaign_id, recipient_id
    )`;
  const ordered = sql`(SELECT * FROM given ORDER BY workspace_id, campaign_id, recipient_id) g`;
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      WITH ${given},
      locked AS MATERIALIZED (
        SELECT g.workspace_id, g.campaign_id, g.recipient_id FROM ${ordered} CROSS JOIN LATERAL (
          SELECT 1 FROM recipients r
          WHERE r.workspace_id = g.workspace_id AND r.campaign_id = g.campaign_id AND r.id = g.recipient_id
          FOR KEY SHARE
        ) r
      )
      INSERT INTO recipient_responses (workspace_id, campaign_id, recipient_id)
      SELECT workspace_id, campaign_id, recipient_id FROM locked ORDER BY workspace_id, campaign_id, recipient_id
      ON CONFLICT DO NOTHING`);
    // A statement of its own: it must see the rows that somebody else has placed meanwhile.
    await tx.execute(sql`
      WITH ${given},
      locked AS MATERIALIZED (
        SELECT g.*, p.clicked_at FROM ${ordered} CROSS JOIN LATERAL (
          SELECT p.clicked_at FROM recipient_responses p
          WHERE p.workspace_id = g.workspace_id AND p.campaign_id = g.campaign_id AND p.recipient_id = g.recipient_id
          FOR NO KEY UPDATE
        ) p
      ),
      written AS (
        UPDATE recipient_responses p SET clicks = p.clicks + l.clicks, clicked_at = least(p.clicked_at, l.first),
          last_clicked_at = greatest(p.last_clicked_at, l.last)
        FROM locked l
        WHERE p.workspace_id = l.workspace_id AND p.campaign_id = l.campaign_id AND p.recipient_id = l.recipient_id
      ),
      responses AS (
        SELECT workspace_id, campaign_id,
          (SELECT r.variant FROM recipients r WHERE r.workspace_id = l.workspace_id AND r.campaign_id = l.campaign_id
            AND r.id = l.recipient_id) AS variant,
          0 AS replied, 0 AS opted_out, (clicked_at IS NULL)::int AS clicked, clicks
        FROM locked l
      ),
      ${sql.raw(countResponses())}
      SELECT 1`);
  });
}

function toRow({ workspaceId, campaignId, recipientId, at }: Click) {
  return {
    workspace_id: workspaceId,
    campaign_id: campaignId,
    recipient_id: recipientId,
    at: at.toISOString(),
  };
}
