import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { claimRecipients } from '@/lib/recipients/claim';
import { createActiveCampaign, createWorker } from '@/tests/support/engine';
import { setCampaignStatus, startCampaign } from './transitions';

afterAll(() => database().close());

async function claimAtOnce(campaign: Awaited<ReturnType<typeof createActiveCampaign>>) {
  const { workspaceId, id: campaignId, senderId } = campaign;
  const of = { workspaceId, campaignId, senderId, workerId: await createWorker() };
  return claimRecipients({ ...of, max: 1000, carried: 0, afterSeq: 0, catchUpMs: 300 });
}

/** The limiters of campaign and sender as after an hour in which nothing was sent. */
async function restForAnHour({ id, senderId }: { id: string; senderId: string }): Promise<void> {
  await database()
    .sql`UPDATE rate_limits SET tat = clock_timestamp() - interval '1 hour', rate = 1000 WHERE id IN (${id}, ${senderId})`;
}

describe('slots that nobody took while the campaign did not run are no credit', () => {
  it('for a draft that is started: its first second begins as every other', async () => {
    const campaign = await createActiveCampaign(500, { status: 'draft', startedAt: null });
    await restForAnHour(campaign);
    await startCampaign({ actor: campaign.actor, campaignId: campaign.id, rateLimit: 100 });
    const { firstSlotMs, slots } = await claimAtOnce(campaign);
    // With credit the first slot would lie 300 ms back, and the first 30 messages would go out at once.
    expect(firstSlotMs).toBeGreaterThan(-250);
    expect(slots).toBeGreaterThan(0);
  });

  it('for a campaign that is resumed', async () => {
    const campaign = await createActiveCampaign(500, { status: 'paused' });
    await restForAnHour(campaign);
    await setCampaignStatus({ actor: campaign.actor, campaignId: campaign.id, status: 'active' });
    expect((await claimAtOnce(campaign)).firstSlotMs).toBeGreaterThan(-250);
  });
});
