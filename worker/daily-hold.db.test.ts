import { eq } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import { database } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { readDailyLimit } from '@/lib/daily-limit/use';
import { claimRecipients } from '@/lib/recipients/claim';
import { createActiveCampaign, createWorker, type ActiveCampaign } from '@/tests/support/engine';
import { DailyHold } from './daily-hold';

afterAll(() => database().close());

const of = ({ workspaceId, id: campaignId, senderId }: ActiveCampaign) => ({
  workspaceId,
  campaignId,
  senderId,
});

/** What WhatsApp says of the number from now on. */
async function say(campaign: ActiveCampaign, messagingLimit: string): Promise<void> {
  await database().db.update(senders).set({ messagingLimit }).where(eq(senders.id, campaign.senderId));
}

/** As the runner does it; how many were claimed. */
async function claimBy(hold: DailyHold, campaign: ActiveCampaign, workerId: string): Promise<number> {
  await database()
    .sql`UPDATE rate_limits SET tat = now() - interval '1 day' WHERE workspace_id = ${campaign.workspaceId}`;
  const asked = { ...of(campaign), workerId, carried: 0, afterSeq: 0, catchUpMs: 0, ...hold.allow(40) };
  const claim = await claimRecipients(asked);
  hold.note(claim);
  return claim.recipients.length;
}

async function words(campaign: ActiveCampaign): Promise<string> {
  const [row] = await database().sql<{ waiting: number; used: number; limit: number }[]>`
    SELECT waiting, day_used AS used, day_limit AS limit FROM campaign_waits WHERE campaign_id = ${campaign.id}`;
  return row ? `${row.used} of ${row.limit}, ${row.waiting} wait` : 'nobody waits';
}

const until = (campaign: ActiveCampaign, said: string) =>
  vi.waitFor(async () => expect(await words(campaign)).toBe(said), { timeout: 10_000, interval: 50 });

test('a campaign is kept to the limit, idles when it is used, and goes on by itself when it rises or places come free', async () => {
  const campaign = await createActiveCampaign(70);
  const workerId = await createWorker();
  await say(campaign, 'TIER_50');
  const hold = new DailyHold(of(campaign));
  hold.counts = true;
  await hold.set(await readDailyLimit(of(campaign)));
  await until(campaign, '0 of 50, 20 wait');
  expect(await claimBy(hold, campaign, workerId)).toBe(40);
  expect(await claimBy(hold, campaign, workerId)).toBe(10);
  await until(campaign, '50 of 50, 20 wait');
  expect(await claimBy(hold, campaign, workerId)).toBe(0);
  // For a second nobody is looked for.
  expect(hold.allow(40)).toEqual({ max: 0, daily: undefined });

  // Five were written to a day ago.
  await database().sql`
    UPDATE daily_recipients SET last_at = now() - interval '25 hours' WHERE workspace_id = ${campaign.workspaceId} AND phone IN (
      SELECT phone FROM daily_recipients WHERE workspace_id = ${campaign.workspaceId} ORDER BY phone LIMIT 5)`;
  await until(campaign, '45 of 50, 15 wait');
  await vi.waitFor(() => expect(hold.allow(40).max).toBe(40), { timeout: 3_000 });
  expect(await claimBy(hold, campaign, workerId)).toBe(5);
  expect(await claimBy(hold, campaign, workerId)).toBe(0);

  await say(campaign, 'TIER_250');
  await until(campaign, 'nobody waits');
  // Already before the second is over.
  expect(await claimBy(hold, campaign, workerId)).toBe(15);
  await hold.stop();
});

test('a limit that is gone is forgotten, with what was said of it', async () => {
  const campaign = await createActiveCampaign(70);
  await say(campaign, 'TIER_50');
  const hold = new DailyHold(of(campaign));
  hold.counts = true;
  await hold.set(await readDailyLimit(of(campaign)));
  await until(campaign, '0 of 50, 20 wait');
  await say(campaign, 'TIER_UNLIMITED');
  await until(campaign, 'nobody waits');
  expect(hold.allow(40)).toEqual({ max: 40, daily: undefined });
  await hold.stop();
  // Another process finds the words of one that was killed.
  await database().sql`
    INSERT INTO campaign_waits (workspace_id, campaign_id, reason, waiting, next_at, last_at, places, day_limit, day_used)
    VALUES (${campaign.workspaceId}, ${campaign.id}, 'daily_limit', 20, now(), now(), '[]', 50, 50)`;
  const next = new DailyHold(of(campaign));
  await next.set(await readDailyLimit(of(campaign)));
  expect(await words(campaign)).toBe('nobody waits');
  await next.stop();
});
