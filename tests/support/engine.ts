import { randomUUID } from 'node:crypto';
import { sql as query } from 'drizzle-orm';
import { database } from '@/db/client';
import { workers } from '@/db/schema/engine';
import { claimRecipients, type ClaimedRecipient } from '@/lib/recipients/claim';
import type { Result, Settlement } from '@/lib/recipients/settle';
import { findUnbalancedCampaigns } from '@/lib/stats/audit';
import { asWorkspaceId, type Actor, type WorkspaceId } from '@/lib/tenant';
import { createCampaign, createWorkspace } from './rows';

export interface ActiveCampaign {
  id: string;
  workspaceId: WorkspaceId;
  senderId: string;
  actor: Actor;
}

/** A campaign that is sending, with `count` pending recipients. */
export async function createActiveCampaign(
  count: number,
  values: Parameters<typeof createCampaign>[2] extends infer O
    ? O extends { values?: infer V }
      ? V
      : never
    : never = {},
): Promise<ActiveCampaign> {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, {
    count,
    values: { status: 'active', rateLimit: 1000, startedAt: new Date(), ...values },
  });
  return {
    id: campaign.id,
    workspaceId: asWorkspaceId(campaign.workspaceId),
    senderId: campaign.senderId,
    actor: { workspaceId, userId },
  };
}

/** A worker process as the database knows it; a negative lease is one that died. */
export async function createWorker(leaseSeconds = 30): Promise<string> {
  const id = randomUUID();
  const leaseUntil = query`clock_timestamp() + make_interval(secs => ${leaseSeconds})`;
  await database().db.insert(workers).values({ id, hostname: 'test', pid: 1, version: 'test', leaseUntil });
  return id;
}

/** Claims `count` recipients, whatever the rate says; they are `sending` afterwards. */
export async function claimSome(
  campaign: ActiveCampaign,
  workerId: string,
  count: number,
): Promise<ClaimedRecipient[]> {
  const { workspaceId, id: campaignId, senderId } = campaign;
  await database().sql`
    INSERT INTO campaign_permits (workspace_id, campaign_id, worker_id, permits)
    VALUES (${workspaceId}, ${campaignId}, ${workerId}, ${count}) ON CONFLICT DO NOTHING`;
  const claimed: ClaimedRecipient[] = [];
  while (claimed.length < count) {
    await database()
      .sql`UPDATE rate_limits SET tat = now() - interval '1 day' WHERE workspace_id = ${workspaceId}`;
    const claim = await claimRecipients({
      workspaceId,
      campaignId,
      senderId,
      workerId,
      max: count - claimed.length,
      carried: 0,
      afterSeq: 0,
      catchUpMs: 0,
    });
    if (claim.recipients.length === 0) throw new Error(`only ${claimed.length} of ${count} could be claimed`);
    claimed.push(...claim.recipients);
  }
  return claimed;
}

export function settlementOf(
  campaign: ActiveCampaign,
  workerId: string,
  recipient: ClaimedRecipient,
  result: Result,
): Settlement {
  return {
    workspaceId: campaign.workspaceId,
    campaignId: campaign.id,
    recipientId: recipient.id,
    attempt: recipient.attempt,
    seq: recipient.seq,
    workerId,
    result,
  };
}

/** How many recipients stand where, straight from the rows. */
export async function statusCounts(campaign: { id: string }): Promise<Record<string, number>> {
  const rows = await database().sql<{ status: string; n: number }[]>`
    SELECT status, count(*)::int AS n FROM recipients WHERE campaign_id = ${campaign.id} GROUP BY status`;
  return Object.fromEntries(rows.map((row) => [row.status, row.n]));
}

/** Fails when the counters say something else than the rows. */
export async function assertBalanced(campaign: { id: string }): Promise<void> {
  const [difference] = await findUnbalancedCampaigns({ onlyCampaignId: campaign.id });
  if (difference) throw new Error(`the books do not balance: ${JSON.stringify(difference)}`);
}
