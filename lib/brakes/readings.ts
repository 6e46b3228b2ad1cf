import { database, type Sql } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';
import type { Reading } from './failure-share';

export interface BrakeReading extends Reading {
  workspaceId: WorkspaceId;
  campaignId: string;
  /** Changes each time the campaign becomes active. */
  activeSince: string;
  /** The sender's threshold, percent, and how many of the last messages it looks at. */
  percent: number;
  window: number;
}

/** The counts of every active campaign whose sender pauses by the share of failures. Plan: campaigns_live. */
export async function readBrakes(sql: Sql = database().sql): Promise<BrakeReading[]> {
  return sql<BrakeReading[]>`
    SELECT c.workspace_id AS "workspaceId", c.id AS "campaignId", coalesce(c.active_since, c.started_at)::text AS "activeSince",
      s.brake_failure_percent AS percent, s.brake_failure_window AS "window",
      coalesce(sum(k.sent + k.failed), 0)::int AS answered, coalesce(sum(k.failed), 0)::int AS failed
    FROM campaigns c
    JOIN senders s ON s.workspace_id = c.workspace_id AND s.id = c.sender_id
    LEFT JOIN campaign_counters k ON k.workspace_id = c.workspace_id AND k.campaign_id = c.id
    WHERE c.status = 'active' AND s.brake_failure_percent IS NOT NULL
    GROUP BY c.workspace_id, c.id, s.workspace_id, s.id`;
}

/** The commonest cause of a campaign's failures, in words; null where WhatsApp gave none. */
export async function readCommonestFailure(
  of: { workspaceId: WorkspaceId; campaignId: string },
  sql: Sql = database().sql,
): Promise<string | null> {
  const [row] = await sql<{ words: string | null }[]>`
    SELECT max(sample) AS words FROM failure_counters
    WHERE workspace_id = ${of.workspaceId} AND campaign_id = ${of.campaignId}
    GROUP BY error_code ORDER BY sum(failed) DESC LIMIT 1`;
  return row?.words ?? null;
}
