import { and, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import type { AutoRetry } from '@/lib/auto-retry/schema';
import { notFound } from '@/lib/errors';
import type { Actor } from '@/lib/tenant';
import { recordCampaignEvents } from './events';
import type { PlannedStart } from './planned-start';
import { getCampaign } from './queries';
import type { Campaign } from './schema';
import { changeCampaignSpeed, scheduleCampaign } from './transitions';

export interface UpdateCampaign {
  actor: Actor;
  campaignId: string;
  name?: string;
  workerCount?: number;
  rateLimit?: number;
  unconfirmedPolicy?: 'ask' | 'resend';
  /** null: nobody goes again without a person. */
  autoRetry?: AutoRetry | null;
  /** null takes a planned start back. */
  start?: PlannedStart | null;
}

/** Changes what was given, all or nothing; the speeds also while it runs. Throws 404, and 409 by its state. */
export async function updateCampaign(input: UpdateCampaign, db: Db = database().db): Promise<Campaign> {
  const { actor, campaignId, name, workerCount, rateLimit, unconfirmedPolicy, autoRetry, start } = input;
  return db.transaction(async (tx) => {
    const own = and(eq(campaigns.workspaceId, actor.workspaceId), eq(campaigns.id, campaignId));
    const [before] = await tx.select({ name: campaigns.name }).from(campaigns).where(own).for('update');
    if (!before) throw notFound('campaign');
    if (name !== undefined || unconfirmedPolicy !== undefined || autoRetry !== undefined) {
      await tx
        .update(campaigns)
        .set({ name, unconfirmedPolicy, autoRetry, updatedAt: sql`clock_timestamp()` })
        .where(own);
      const detail = { name, unconfirmed_policy: unconfirmedPolicy, auto_retry: autoRetry };
      await recordCampaignEvents([{ ...actor, campaignId, kind: 'edited', detail }], tx);
    }
    if (workerCount !== undefined || rateLimit !== undefined)
      await changeCampaignSpeed({ actor, campaignId, workerCount, rateLimit }, tx);
    if (start !== undefined) await scheduleCampaign({ actor, campaignId, start }, tx);
    return getCampaign({ workspaceId: actor.workspaceId, campaignId }, tx);
  });
}
