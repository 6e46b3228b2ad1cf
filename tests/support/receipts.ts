import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import type { AttemptKey } from '@/lib/recipients/attempt-key';
import type { Receipt, ReceiptKind } from '@/lib/recipients/receipts';
import { asWorkspaceId } from '@/lib/tenant';

interface OfCampaign {
  workspaceId: string;
  id: string;
}

/** Sets columns of a recipient by SQL, past every verb, and the counters to what the rows then say. */
export async function placeRecipient(
  campaign: OfCampaign,
  recipientId: string,
  assignments: string,
): Promise<void> {
  await database().db.execute(sql`
    UPDATE recipients SET ${sql.raw(assignments)}
    WHERE workspace_id = ${campaign.workspaceId} AND campaign_id = ${campaign.id} AND id = ${recipientId}`);
  await recount(campaign);
}

/** Makes the counters say what the rows say. */
export async function recount(campaign: OfCampaign): Promise<void> {
  const counts = await countRows(campaign);
  await database().db.execute(sql`
    DELETE FROM campaign_counters WHERE workspace_id = ${campaign.workspaceId} AND campaign_id = ${campaign.id}`);
  await database().db.execute(sql`
    INSERT INTO campaign_counters (workspace_id, campaign_id, slot, pending, sent, delivered, read, failed, skipped, unconfirmed,
      replied, opted_out, clicked, clicks)
    SELECT ${campaign.workspaceId}, ${campaign.id}, 0, ${counts.pending}, ${counts.sent}, ${counts.delivered}, ${counts.read},
      ${counts.failed}, ${counts.skipped}, ${counts.unconfirmed},
      count(replied_at), count(opted_out_at), count(clicked_at), coalesce(sum(clicks), 0)
    FROM recipient_responses WHERE workspace_id = ${campaign.workspaceId} AND campaign_id = ${campaign.id}`);
  await recountFailures(campaign);
}

/** The same for the counters by cause. */
export async function recountFailures({ workspaceId, id }: OfCampaign): Promise<void> {
  const { db } = database();
  await db.execute(
    sql`DELETE FROM failure_counters WHERE workspace_id = ${workspaceId} AND campaign_id = ${id}`,
  );
  await db.execute(sql`
    INSERT INTO failure_counters (workspace_id, campaign_id, slot, error_code, failed, sample, last_failed_at)
    SELECT workspace_id, campaign_id, 0, error_code, count(*), min(error_message), max(failed_at) FROM recipients
    WHERE workspace_id = ${workspaceId} AND campaign_id = ${id} AND status = 'failed'
    GROUP BY workspace_id, campaign_id, error_code`);
}

type Counts = Record<
  'pending' | 'sent' | 'delivered' | 'read' | 'failed' | 'skipped' | 'unconfirmed',
  number
>;

/** The counts as the rows say (the truth). */
export async function countRows(campaign: OfCampaign): Promise<Counts> {
  const [row] = await database().db.execute<Counts>(sql`
    SELECT count(*) FILTER (WHERE status IN ('pending', 'sending'))::int AS pending,
      count(*) FILTER (WHERE status IN ('sent', 'delivered', 'read'))::int AS sent,
      count(*) FILTER (WHERE status IN ('delivered', 'read'))::int AS delivered,
      count(*) FILTER (WHERE status = 'read')::int AS read,
      count(*) FILTER (WHERE status = 'failed')::int AS failed,
      count(*) FILTER (WHERE status = 'skipped')::int AS skipped,
      count(*) FILTER (WHERE status = 'unconfirmed')::int AS unconfirmed
    FROM recipients WHERE workspace_id = ${campaign.workspaceId} AND campaign_id = ${campaign.id}`);
  if (!row) throw new Error('no counts');
  return { ...row };
}

/** The counts as the counters say. */
export async function countCounters(campaign: OfCampaign): Promise<Counts> {
  const [row] = await database().db.execute<Counts>(sql`
    SELECT sum(pending)::int AS pending, sum(sent)::int AS sent, sum(delivered)::int AS delivered, sum(read)::int AS read,
      sum(failed)::int AS failed, sum(skipped)::int AS skipped, sum(unconfirmed)::int AS unconfirmed
    FROM campaign_counters WHERE workspace_id = ${campaign.workspaceId} AND campaign_id = ${campaign.id}`);
  if (!row) throw new Error('no counters');
  return { ...row };
}

/** A receipt for a recipient of that campaign, by key unless told otherwise. */
export function receiptOf(
  campaign: OfCampaign & { senderId: string },
  recipientId: string,
  kind: ReceiptKind,
  values: Partial<Omit<Receipt, 'workspaceId' | 'key'>> & { attempt?: number; key?: AttemptKey | null } = {},
): Receipt {
  const { attempt = 1, ...rest } = values;
  return {
    workspaceId: asWorkspaceId(campaign.workspaceId),
    senderId: campaign.senderId,
    key: { campaignId: campaign.id, recipientId, attempt },
    wamid: `wamid.${recipientId}.${attempt}`,
    kind,
    at: nowSeconds(),
    errorCode: kind === 'failed' ? 131026 : null,
    errorMessage: kind === 'failed' ? 'Message undeliverable' : null,
    ...rest,
  };
}

/** Like Meta's timestamps: whole seconds of the epoch. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
