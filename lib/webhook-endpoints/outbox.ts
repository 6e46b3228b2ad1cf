import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';
import type { WebhookEventType } from './events';

// Writes to the outbox, each in the transaction, or the very statement, of what it tells of. All of them write
// nothing unless an endpoint of the workspace is on and asks for the event: docs/adr/outgoing-webhooks.md.

/** SQL: whether anybody in the workspace named by this expression asks for the event. */
function isWanted(workspace: string, type: WebhookEventType): string {
  return `EXISTS (SELECT 1 FROM webhook_endpoints e WHERE e.workspace_id = ${workspace} AND e.enabled AND '${type}' = ANY(e.events))`;
}

/**
 * The CTE that records who turned `failed`, for a statement whose `changes` CTE has id, old_status, new_status,
 * new_code, new_words and failed_at. Only what names the message: the rest is read when the delivery is made.
 */
export const RECORD_FAILED_MESSAGES = `
  failures_recorded AS (
    INSERT INTO webhook_outbox (workspace_id, type, data, occurred_at)
    SELECT c.workspace_id, 'message.failed', jsonb_build_object('campaign_id', c.campaign_id, 'recipient_id', c.id,
      'error_code', c.new_code, 'error_message', c.new_words), c.failed_at
    FROM changes c
    WHERE c.new_status = 'failed' AND c.old_status IS DISTINCT FROM 'failed' AND ${isWanted('c.workspace_id', 'message.failed')}
  )`;

/** The CTE that records the numbers a statement has put on the do-not-contact list, from its `stored` CTE (phone). */
export function recordOptedOut(of: { workspaceId: WorkspaceId; source: string; reason: SQL }): SQL {
  return sql`
    opt_outs_recorded AS (
      INSERT INTO webhook_outbox (workspace_id, type, data)
      SELECT ${of.workspaceId}::uuid, 'contact.opted_out',
        jsonb_build_object('phone', phone, 'source', ${of.source}::text, 'reason', ${of.reason})
      FROM stored WHERE ${sql.raw(isWanted('stored.workspace_id', 'contact.opted_out'))}
    )`;
}

/** The same for numbers added one by one. */
export async function recordOptOuts(
  of: { workspaceId: WorkspaceId; phones: readonly string[]; source: string; reason: string },
  tx: Db,
): Promise<void> {
  await recordEach(
    of.workspaceId,
    'contact.opted_out',
    of.phones.map((phone) => ({ phone, source: of.source, reason: of.reason })),
    tx,
  );
}

/** Messages from people that were just stored, by their ids. */
export async function recordReplies(
  of: { workspaceId: WorkspaceId; messageIds: readonly string[] },
  tx: Db,
): Promise<void> {
  await recordEach(
    of.workspaceId,
    'message.replied',
    of.messageIds.map((id) => ({ inbound_id: id })),
    tx,
  );
}

/** Which of these events anybody in the workspace asks for: for what is worth composing only then. */
export async function wantedEvents(
  of: { workspaceId: WorkspaceId; types: readonly WebhookEventType[] },
  tx: Db,
): Promise<Set<string>> {
  const rows = await tx.execute<{ type: string }>(sql`
    SELECT DISTINCT type FROM webhook_endpoints, unnest(events) AS type
    WHERE workspace_id = ${of.workspaceId} AND enabled`);
  return new Set(rows.map(({ type }) => type).filter((type) => of.types.some((wanted) => wanted === type)));
}

/** One event for each `data`. */
export async function recordEach(
  workspaceId: WorkspaceId,
  type: WebhookEventType,
  data: readonly Record<string, unknown>[],
  tx: Db,
): Promise<void> {
  if (data.length === 0) return;
  await tx.execute(sql`
    INSERT INTO webhook_outbox (workspace_id, type, data)
    SELECT w.id, ${type}, value
    FROM (SELECT ${workspaceId}::uuid AS id) w, jsonb_array_elements(${JSON.stringify(data)}::text::jsonb)
    WHERE ${sql.raw(isWanted('w.id', type))}`);
}
