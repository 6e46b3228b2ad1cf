import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { recordCampaignEvents } from '@/lib/campaigns/events';
import { lockCampaign, reopenCampaign } from '@/lib/campaigns/transitions';
import { AppError } from '@/lib/errors';
import { publishCampaignChange } from '@/lib/events/publish';
import { countWaiting, requeueRecipients } from '@/lib/recipients/queue';
import { MAX_ATTEMPTS } from '@/lib/recipients/status';
import type { Actor, WorkspaceId } from '@/lib/tenant';

/** How long an unconfirmed message must have been silent before the policy `resend` sends it again. */
export const SILENCE_MS = 15 * 60_000;

export interface Retried {
  retried: number;
  /** Of the codes asked for: who has failed too lately for another attempt, and when the last of them may be tried. */
  waiting: number;
  waitingUntil: Date | null;
}

/**
 * A person sends failed or unconfirmed recipients again; returns how many. A completed campaign becomes
 * active; an active or paused one keeps its state; 409 from any other, and where all of them must wait.
 */
export async function retryRecipients(
  command: {
    actor: Actor;
    campaignId: string;
    include: ('failed' | 'unconfirmed')[];
    /** Of the failed only those with one of these codes of WhatsApp, after the wait it asks for; null: without a code. */
    errorCodes?: (number | null)[];
  },
  db: Db = database().db,
): Promise<Retried> {
  const { actor, campaignId, errorCodes } = command;
  return db.transaction(async (tx) => {
    const campaign = await lockCampaign(actor.workspaceId, campaignId, tx);
    if (!['active', 'paused', 'completed'].includes(campaign.status))
      throw new AppError(
        'conflict',
        'invalid_campaign_state',
        `The campaign is ${campaign.status}; recipients can be retried only when it is active, paused or completed.`,
      );
    let retried = 0;
    for (const what of [...new Set(command.include)].sort())
      retried += await requeueRecipients(
        { workspaceId: actor.workspaceId, campaignId },
        what === 'failed' ? { what, errorCodes } : { what },
        tx,
      );
    const { waiting, from, until } = await countWaiting(
      { workspaceId: actor.workspaceId, campaignId, errorCodes: errorCodes ?? [] },
      tx,
    );
    if (retried === 0 && waiting > 0 && from) throw tooSoon(from);
    const answer = { retried, waiting, waitingUntil: until };
    if (retried === 0) return answer;
    await recordCampaignEvents(
      [
        {
          workspaceId: actor.workspaceId,
          campaignId,
          userId: actor.userId,
          kind: 'retried',
          detail: { retried, include: command.include, error_codes: errorCodes },
        },
      ],
      tx,
    );
    if (campaign.status === 'completed') await reopenCampaign(campaign, actor, tx);
    else await publishCampaignChange(campaignId, tx);
    return answer;
  });
}

function tooSoon(from: Date): AppError {
  return new AppError(
    'conflict',
    'retry_too_soon',
    `WhatsApp wants these people to be left alone for a while: the first of them may be sent to again from ${from.toISOString()}.`,
  );
}

/**
 * The policy `resend`: recipients unconfirmed for 15 minutes go again, if WhatsApp has reported on messages
 * this sender sent after them (else the silence may be the webhook's, not the message's). A stopped campaign
 * is left alone; a paused one sends them when it is resumed.
 */
export async function resendSilentRecipients(
  of: { workspaceId: WorkspaceId; campaignId: string; silenceMs?: number },
  db: Db = database().db,
): Promise<number> {
  const { workspaceId, campaignId, silenceMs = SILENCE_MS } = of;
  return db.transaction(async (tx) => {
    const campaign = await lockCampaign(workspaceId, campaignId, tx);
    if (
      campaign.unconfirmedPolicy !== 'resend' ||
      !['active', 'paused', 'completed'].includes(campaign.status)
    )
      return 0;
    const [row] = await tx.execute<{ heard: boolean }>(sql`
      WITH silent AS (
        SELECT max(doubt_at) AS since FROM recipients
        WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND state = 'in_doubt'
          AND doubt_at < clock_timestamp() - make_interval(secs => ${silenceMs / 1000}::float8)
      )
      SELECT EXISTS (
        SELECT 1 FROM silent, campaigns c JOIN recipients r ON r.workspace_id = c.workspace_id AND r.campaign_id = c.id
        WHERE c.workspace_id = ${workspaceId} AND c.sender_id = ${campaign.senderId}
          AND r.claimed_at > silent.since AND coalesce(r.sent_at, r.delivered_at, r.read_at) IS NOT NULL
      ) AS heard`);
    if (row?.heard !== true) return 0;
    const which = { what: 'silent' as const, forMs: silenceMs, maxAttempts: MAX_ATTEMPTS };
    const resent = await requeueRecipients({ workspaceId, campaignId }, which, tx);
    if (resent === 0) return 0;
    await recordCampaignEvents(
      [{ workspaceId, campaignId, kind: 'retried', detail: { retried: resent, policy: 'resend' } }],
      tx,
    );
    if (campaign.status === 'completed') await reopenCampaign(campaign, null, tx);
    return resent;
  });
}
