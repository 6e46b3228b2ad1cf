import { database, type Sql } from '@/db/client';
import type { Mapping } from '@/lib/recipients/params';
import type { WorkspaceId } from '@/lib/tenant';
import type { StoredVariants } from '@/lib/variants/stored';

export interface LiveCampaignRow {
  workspaceId: WorkspaceId;
  id: string;
  senderId: string;
  templateId: number;
  mapping: Mapping;
  /** Its messages, where it has several; the first is templateId with mapping. */
  variants: StoredVariants | null;
  isTest: boolean;
  /** Parameter keys of the buttons that carry a tracked link; null: none. */
  trackedKeys: string[] | null;
  /** Uploaded files its messages name. */
  mediaIds: string[];
}

/** All campaigns that are sending, of every workspace. Plan: campaigns_live. */
export async function listActiveCampaigns(sql: Sql = database().sql): Promise<LiveCampaignRow[]> {
  const rows = await sql<
    (Omit<LiveCampaignRow, 'mapping' | 'variants'> & { mapping: string; variants: string | null })[]
  >`
    SELECT workspace_id AS "workspaceId", id, sender_id AS "senderId", template_id AS "templateId", is_test AS "isTest",
      mapping::text AS mapping, variants::text AS variants,
      CASE WHEN track_clicks IS NOT NULL THEN ARRAY(SELECT jsonb_object_keys(track_clicks)) END AS "trackedKeys",
      media_ids::text[] AS "mediaIds"
    FROM campaigns WHERE status = 'active'`;
  return rows.map((row) => ({
    ...row,
    mapping: JSON.parse(row.mapping) as Mapping,
    variants: row.variants === null ? null : (JSON.parse(row.variants) as StoredVariants),
  }));
}

/** Scheduled campaigns whose time has come, on the database's clock, but those that wait for a person. */
export async function listDueCampaigns(
  sql: Sql = database().sql,
): Promise<{ workspaceId: WorkspaceId; campaignId: string }[]> {
  return sql<{ workspaceId: WorkspaceId; campaignId: string }[]>`
    SELECT workspace_id AS "workspaceId", id AS "campaignId"
    FROM campaigns WHERE status = 'scheduled' AND scheduled_at <= now() AND start_missed_at IS NULL
    ORDER BY scheduled_at`;
}

/** Campaigns whose policy sends silent recipients again, and that have some in doubt. */
export async function listResendCampaigns(
  sql: Sql = database().sql,
): Promise<{ workspaceId: WorkspaceId; campaignId: string }[]> {
  return sql<{ workspaceId: WorkspaceId; campaignId: string }[]>`
    SELECT c.workspace_id AS "workspaceId", c.id AS "campaignId"
    FROM campaigns c
    WHERE c.unconfirmed_policy = 'resend' AND c.status IN ('active', 'paused', 'completed')
      AND (SELECT sum(k.unconfirmed) FROM campaign_counters k WHERE k.workspace_id = c.workspace_id AND k.campaign_id = c.id) > 0`;
}
