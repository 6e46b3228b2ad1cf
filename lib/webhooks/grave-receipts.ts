import { and, asc, inArray } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { statesAllowing } from '@/lib/campaigns/status';
import { pauseCampaign, pauseCampaignsOfSender } from '@/lib/campaigns/transitions';
import { addOptOuts } from '@/lib/opt-outs/mutations';
import { applyReceiptsWithin, type Receipt, type ReceiptFinding } from '@/lib/recipients/receipts';
import { findError } from '@/lib/whatsapp/error-table';
import { pauseReasonFor, remedyFor, suppressesContact } from '@/lib/whatsapp/errors';

/**
 * Applies failures that concern more than their row, with what follows from them, in one transaction: the
 * number goes on the do-not-contact list, or the campaign or all of the sender's pause. Only a failure that
 * changes its row has consequences, so a replayed one doesn't pause what a person has resumed.
 */
export async function applyGraveReceipts(batch: readonly Receipt[]): Promise<ReceiptFinding[]> {
  return database().db.transaction(async (tx) => {
    await lockLiveCampaigns(batch, tx);
    const findings = await applyReceiptsWithin(batch, tx);
    for (const finding of findings) {
      const receipt = batch[finding.index];
      if (receipt && finding.finding === 'failed') await drawConsequences(receipt, finding, tx);
    }
    return findings;
  });
}

/** Campaigns are locked before recipients everywhere: those that may be paused at the end, now. */
async function lockLiveCampaigns(batch: readonly Receipt[], tx: Db): Promise<void> {
  await tx
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(
      and(
        inArray(campaigns.workspaceId, unique(batch.map((r) => r.workspaceId))),
        inArray(campaigns.senderId, unique(batch.map((r) => r.senderId))),
        inArray(campaigns.status, [...statesAllowing('pause')]),
      ),
    )
    .orderBy(asc(campaigns.workspaceId), asc(campaigns.id))
    .for('update');
}

async function drawConsequences(receipt: Receipt, finding: ReceiptFinding, tx: Db): Promise<void> {
  const { workspaceId, senderId, errorCode } = receipt;
  if (suppressesContact(errorCode) && finding.phone) {
    const reason = remedyFor(errorCode);
    await addOptOuts(
      { workspaceId, phones: [finding.phone], source: 'whatsapp_error', reason, senderId },
      tx,
    );
  }
  const reason = pauseReasonFor({ code: errorCode, message: '', details: null, httpStatus: null });
  const { class: errorClass } = findError(errorCode) ?? {};
  if (errorClass === 'blocked_sender') await pauseCampaignsOfSender({ workspaceId, senderId, reason }, tx);
  if (errorClass === 'blocked_campaign' && finding.campaignId)
    await pauseCampaign({ workspaceId, campaignId: finding.campaignId, reason }, tx);
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
