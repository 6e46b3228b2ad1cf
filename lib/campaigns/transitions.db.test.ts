import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { claimRecipients } from '@/lib/recipients/claim';
import { createActiveCampaign, createWorker } from '@/tests/support/engine';
import { pauseCampaign, pauseCampaignsOfSender, setCampaignStatus, startCampaign } from './transitions';

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

describe('trouble that began before a campaign became active', () => {
  async function justResumed() {
    const campaign = await createActiveCampaign(1, { status: 'paused' });
    await setCampaignStatus({ actor: campaign.actor, campaignId: campaign.id, status: 'active' });
    const { workspaceId, senderId, id } = campaign;
    return { id, brake: { workspaceId, senderId, campaignId: id, reason: 'The token has expired.' } };
  }

  it('leaves it alone, by its own request or by one of its sender', async () => {
    const { brake } = await justResumed();
    expect(await pauseCampaign({ ...brake, begunMsAgo: 60_000 })).toBe(false);
    expect(await pauseCampaignsOfSender({ ...brake, begunMsAgo: 60_000 })).toEqual([]);
  });

  it('pauses it when it began since, or is of now', async () => {
    const began = await justResumed();
    expect(await pauseCampaign({ ...began.brake, begunMsAgo: 0 })).toBe(true);
    const now = await justResumed();
    expect(await pauseCampaignsOfSender(now.brake)).toEqual([now.id]);
  });

  it('pauses one that has been active all the time', async () => {
    const { id, workspaceId } = await createActiveCampaign(1, { startedAt: new Date(Date.now() - 120_000) });
    expect(await pauseCampaign({ workspaceId, campaignId: id, reason: 'Lost.', begunMsAgo: 60_000 })).toBe(
      true,
    );
  });
});
