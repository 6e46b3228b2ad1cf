import { and, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import {
  campaignCounters,
  campaignEvents,
  campaigns,
  campaignWaits,
  failureCounters,
  rejectedRows,
} from '@/db/schema/campaigns';
import { campaignCountries, campaignHours, costCounters } from '@/db/schema/costs';
import { campaignPermits, rateLimits } from '@/db/schema/engine';
import { recipientResponses, recipients } from '@/db/schema/recipients';
import { inboundMessages, pastAttempts } from '@/db/schema/webhooks';
import { AppError, notFound } from '@/lib/errors';
import type { Actor, WorkspaceId } from '@/lib/tenant';
import { mayDo } from './status';

/** Removes a draft, completed or stopped campaign with everything that belongs to it. Throws 404, 409. */
export async function deleteCampaign(
  { actor, campaignId }: { actor: Actor; campaignId: string },
  db: Db = database().db,
): Promise<void> {
  const { workspaceId } = actor;
  await db.transaction(async (tx) => {
    // A million recipients take longer than a page's statement may.
    await tx.execute(sql`SET LOCAL statement_timeout = '10min'`);
    const own = and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, campaignId));
    const [found] = await tx
      .select({ status: campaigns.status, follows: campaigns.follows })
      .from(campaigns)
      .where(own)
      .for('update');
    if (!found) throw notFound('campaign');
    if (!mayDo('delete', found.status)) throw notDeletable(found.status);
    await tx
      .delete(rateLimits)
      .where(and(eq(rateLimits.workspaceId, workspaceId), eq(rateLimits.id, campaignId)));
    // Locked in the order every other writer takes them, or a receipt arriving now could deadlock with us.
    await tx.execute(sql`
      SELECT count(*) FROM (
        SELECT 1 FROM ${recipients}
        WHERE ${recipients.workspaceId} = ${workspaceId} AND ${recipients.campaignId} = ${campaignId}
        ORDER BY ${recipients.id} FOR UPDATE
      ) locked`);
    // What people wrote is theirs, and stays.
    await tx
      .update(inboundMessages)
      .set({ campaignId: null, recipientId: null, matchedBy: null })
      .where(and(eq(inboundMessages.workspaceId, workspaceId), eq(inboundMessages.campaignId, campaignId)));
    for (const table of [
      recipients,
      recipientResponses,
      pastAttempts,
      rejectedRows,
      campaignCounters,
      failureCounters,
      campaignWaits,
      costCounters,
      campaignCountries,
      campaignHours,
      campaignPermits,
      campaignEvents,
    ] as const) {
      await tx.delete(table).where(and(eq(table.workspaceId, workspaceId), eq(table.campaignId, campaignId)));
    }
    if (found.follows) await forgetFollowUp({ ...found.follows, workspaceId, followUpId: campaignId }, tx);
    await tx.delete(campaigns).where(own);
  });
}

/** The campaign that was followed does not name a campaign that is gone. */
async function forgetFollowUp(
  of: { workspaceId: WorkspaceId; campaign_id: string; followUpId: string },
  tx: Db,
): Promise<void> {
  await tx
    .delete(campaignEvents)
    .where(
      and(
        eq(campaignEvents.workspaceId, of.workspaceId),
        eq(campaignEvents.campaignId, of.campaign_id),
        eq(campaignEvents.kind, 'followed_up'),
        sql`${campaignEvents.detail}->>'campaign_id' = ${of.followUpId}`,
      ),
    );
}

function notDeletable(status: string): AppError {
  return new AppError(
    'conflict',
    'campaign_not_deletable',
    `This campaign is ${status}: stop it before deleting it.`,
  );
}
