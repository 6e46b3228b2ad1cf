import { sql, type SQL } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { formatCursor, parseCursor, type CampaignCursor } from '@/lib/campaigns/cursor';
import type { CampaignStatus } from '@/lib/campaigns/status';
import type { RecipientStatus } from '@/lib/recipients/status';
import type { WorkspaceId } from '@/lib/tenant';
import { remedyFor } from '@/lib/whatsapp/errors';
import type { ContactCampaign } from './schema';

export interface ContactKey {
  workspaceId: WorkspaceId;
  /** E.164 with the plus. */
  phone: string;
}

/** Campaigns looked into for one page, each by one probe of recipients_phone: some 100 ms. */
const MOST_PROBES = 10_000;

interface Row extends Record<string, unknown> {
  campaign_id: string;
  name: string;
  campaign_status: CampaignStatus;
  is_test: boolean;
  created_at: string;
  list_source: 'file' | 'api' | null;
  list_name: string | null;
  added_by: string | null;
  attested: boolean;
  position: string;
  recipient_id: string;
  status: RecipientStatus;
  error_code: number | null;
  error_message: string | null;
  sent_at: string | null;
  delivered_at: string | null;
  read_at: string | null;
  failed_at: string | null;
}

/**
 * The campaigns a number was in, newest first. There is no index by phone over campaigns: each is probed, and the
 * cursor may stand at a campaign the number was not in.
 */
export async function listContactCampaigns(
  { workspaceId, phone, limit, cursor }: ContactKey & { limit: number; cursor?: string },
  db: Db = database().db,
): Promise<{ campaigns: ContactCampaign[]; next_cursor: string | null }> {
  const older = olderThan(cursor === undefined ? undefined : parseCursor(cursor));
  // The inner LIMIT 1 keeps the planner from joining the other way round, over all of the workspace's recipients;
  // `calling_code > 0` opens the partial index: always true, it is the index's own.
  const rows = await db.execute<Row>(sql`
    SELECT c.id AS campaign_id, c.name, c.status AS campaign_status, c.is_test, c.created_at::text AS position,
      ${asIso(sql`c.created_at`)} AS created_at, c.list_source, c.list_name, c.attested,
      (SELECT coalesce(nullif(u.name, ''), u.email) FROM users u
        WHERE u.workspace_id = ${workspaceId} AND u.id = c.user_id) AS added_by, r.*
    FROM (
      SELECT id, name, status, is_test, created_at, list_source, list_name, attested, user_id FROM campaigns
      WHERE workspace_id = ${workspaceId} AND ${older}
      ORDER BY created_at DESC, id DESC LIMIT ${MOST_PROBES}
    ) c CROSS JOIN LATERAL (
      SELECT id AS recipient_id, status, error_code, error_message,
        ${asIso(sql`coalesce(sent_at, accepted_at)`)} AS sent_at, ${asIso(sql`delivered_at`)} AS delivered_at,
        ${asIso(sql`read_at`)} AS read_at, ${asIso(sql`failed_at`)} AS failed_at
      FROM recipients
      WHERE workspace_id = ${workspaceId} AND campaign_id = c.id AND phone = ${phone} AND calling_code > 0
      LIMIT 1
    ) r
    ORDER BY c.created_at DESC, c.id DESC LIMIT ${limit + 1}`);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next =
    rows.length > limit && last
      ? { createdAt: last.position, id: last.campaign_id }
      : await lastProbed(workspaceId, older, db);
  return { campaigns: page.map(toContactCampaign), next_cursor: next ? formatCursor(next) : null };
}

function olderThan(cursor: CampaignCursor | undefined): SQL {
  return cursor ? sql`(created_at, id) < (${cursor.createdAt}::timestamptz, ${cursor.id}::uuid)` : sql`true`;
}

/** Where the probing ended, when there are campaigns beyond it. */
async function lastProbed(workspaceId: WorkspaceId, older: SQL, db: Db): Promise<CampaignCursor | undefined> {
  const rows = await db.execute<{ position: string; id: string }>(sql`
    SELECT created_at::text AS position, id FROM campaigns
    WHERE workspace_id = ${workspaceId} AND ${older}
    ORDER BY created_at DESC, id DESC OFFSET ${MOST_PROBES - 1} LIMIT 2`);
  const [last, beyond] = rows;
  return last && beyond ? { createdAt: last.position, id: last.id } : undefined;
}

function asIso(time: SQL): SQL {
  return sql`to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

function toContactCampaign({ position: _, ...row }: Row): ContactCampaign {
  const { status, error_code: code } = row;
  return { ...row, error_remedy: status === 'failed' && code !== null ? remedyFor(code) : null };
}
