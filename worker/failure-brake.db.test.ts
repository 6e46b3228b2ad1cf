import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { database } from '@/db/client';
import { campaignCounters, campaigns } from '@/db/schema/campaigns';
import { senders } from '@/db/schema/senders';
import { setCampaignStatus } from '@/lib/campaigns/transitions';
import { createActiveCampaign, type ActiveCampaign } from '@/tests/support/engine';
import { FailureBrake } from './failure-brake';

afterAll(() => database().close());

/** The campaign's counts become these, as settled results and receipts would make them. */
async function count({ workspaceId, id: campaignId }: ActiveCampaign, sent: number, failed: number) {
  const key = { workspaceId, campaignId, slot: 0 };
  const { db } = database();
  await db
    .insert(campaignCounters)
    .values({ ...key, sent, failed })
    .onConflictDoUpdate({
      target: [campaignCounters.workspaceId, campaignCounters.campaignId, campaignCounters.slot],
      set: { sent, failed },
    });
}

async function stateOf({ id }: ActiveCampaign) {
  const [row] = await database().db.select().from(campaigns).where(eq(campaigns.id, id));
  return { status: row?.status, reason: row?.pausedReason };
}

test('pauses when more of the last messages failed than the sender bears, and says so', async () => {
  const campaign = await createActiveCampaign(1);
  const brake = new FailureBrake();
  await brake.look();
  await count(campaign, 150, 50);
  await brake.look();
  expect((await stateOf(campaign)).status).toBe('active');
  await count(campaign, 150, 150);
  await brake.look();
  const { status, reason } = await stateOf(campaign);
  expect(status).toBe('paused');
  expect(reason).toMatch(/^Of the last 300 messages 150 failed; this sender pauses at more than 25 %\./);
});

test('resumed, what failed before is not held against it, however soon that was', async () => {
  const campaign = await createActiveCampaign(1);
  const brake = new FailureBrake();
  await brake.look();
  await count(campaign, 100, 100);
  await brake.look();
  expect((await stateOf(campaign)).status).toBe('paused');
  await setCampaignStatus({ actor: campaign.actor, campaignId: campaign.id, status: 'active' });
  await count(campaign, 250, 110);
  await brake.look();
  await count(campaign, 310, 120);
  await brake.look();
  expect((await stateOf(campaign)).status).toBe('active');
});

test('each sender has its own threshold, and may have none', async () => {
  const [strict, none] = [await createActiveCampaign(1), await createActiveCampaign(1)];
  const { db } = database();
  const set = (campaign: ActiveCampaign, brakeFailurePercent: number | null) =>
    db
      .update(senders)
      .set({ brakeFailurePercent, brakeFailureWindow: 20 })
      .where(eq(senders.id, campaign.senderId));
  await set(strict, 5);
  await set(none, null);
  const brake = new FailureBrake();
  await brake.look();
  await count(strict, 18, 2);
  await count(none, 0, 500);
  await brake.look();
  expect((await stateOf(strict)).status).toBe('paused');
  expect((await stateOf(none)).status).toBe('active');
});
