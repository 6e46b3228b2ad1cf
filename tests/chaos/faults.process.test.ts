import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { database } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { setCampaignStatus, startCampaign } from '@/lib/campaigns/transitions';
import { retryRecipients } from '@/lib/engine/retry';
import { sealSenderSecret } from '@/lib/senders/secrets';
import { assertBalanced, statusCounts } from '@/tests/support/engine';
import { Herd, type RunningCampaign } from '@/tests/support/herd';

let herd: Herd;
let campaign: RunningCampaign;

beforeAll(async () => {
  herd = await Herd.start();
}, 60_000);
beforeEach(() => {
  herd.spawnWorker();
});
afterEach(async () => {
  await setCampaignStatus({ actor: campaign.actor, campaignId: campaign.id, status: 'stopped' }).catch(
    () => undefined,
  );
  await herd.killWorkers();
  await herd.sandbox('DELETE', '/faults');
  await herd.sandbox('DELETE', '/settings');
  await assertBalanced(campaign);
});
afterAll(() => herd.stop(), 30_000);

const LONG = { timeout: 60_000, interval: 200 };

async function look(): Promise<{ status: string; reason: string | null }> {
  const [row] = await database().sql<{ status: string; reason: string | null }[]>`
    SELECT status, paused_reason AS reason FROM campaigns WHERE id = ${campaign.id}`;
  return row ?? { status: 'gone', reason: null };
}

const untilStatus = (status: string) => expect.poll(async () => (await look()).status, LONG).toBe(status);
const countOf = async (status: string) => (await statusCounts(campaign))[status] ?? 0;
const setFaults = (rules: unknown[]) =>
  herd.sandbox('POST', '/faults', { phone_number_id: campaign.phoneNumberId, rules });

async function pauses(): Promise<number> {
  const [row] = await database().sql<{ n: number }[]>`
    SELECT count(*)::int AS n FROM campaign_events WHERE campaign_id = ${campaign.id} AND kind = 'paused'`;
  return row?.n ?? 0;
}

/** Delivered, read or failed: everybody somebody has reported on. */
async function reported(): Promise<number> {
  const { delivered = 0, read = 0, failed = 0 } = await statusCounts(campaign);
  return delivered + read + failed;
}

test(
  'throttling fails nobody, burns no attempt, and everybody is sent to in the end',
  { timeout: 120_000 },
  async () => {
    campaign = await herd.runCampaign({ count: 150, rateLimit: 100, workerCount: 10 });
    await setFaults([{ match: { after_n: 20, first_n: 50 }, action: 'throttle' }]);
    await untilStatus('completed');
    await expect.poll(reported, LONG).toBe(150);
    expect(await countOf('failed')).toBe(0);
    const [attempts] = await database()
      .sql`SELECT max(attempt)::int AS most FROM recipients WHERE campaign_id = ${campaign.id}`;
    expect(attempts?.most).toBe(1);
    expect((await herd.ledger(campaign)).posts).toBeGreaterThan(150);
  },
);

test(
  'an expired token pauses the campaign with a reason, fails nobody, and after a resume it goes on',
  { timeout: 120_000 },
  async () => {
    campaign = await herd.runCampaign({ count: 200, rateLimit: 50, workerCount: 5 });
    await expect.poll(() => countOf('pending'), LONG).toBeLessThan(190);
    await herd.sandbox('PATCH', `/numbers/${campaign.phoneNumberId}`, { token_expired: true });
    await untilStatus('paused');
    expect((await look()).reason).toMatch(/token/i);
    expect(await countOf('failed')).toBe(0);
    await herd.sandbox('PATCH', `/numbers/${campaign.phoneNumberId}`, { token_expired: false });
    await startCampaign({ actor: campaign.actor, campaignId: campaign.id, rateLimit: 200 });
    await untilStatus('completed');
    await expect.poll(reported, LONG).toBe(200);
    expect((await herd.ledger(campaign)).duplicate_recipients).toBe(0);
  },
);

test(
  'refusals that were under way when a person resumed it do not pause it once more',
  { timeout: 120_000 },
  async () => {
    campaign = await herd.runCampaign({ count: 60, rateLimit: 50, workerCount: 5 });
    const refusal = { action: 'error', code: 190, http_status: 401 };
    // The second to fourth message are refused three seconds later, the fifth at once.
    await setFaults([
      { match: { after_n: 1, first_n: 4 }, ...refusal, delay_ms: 3000 },
      { match: { after_n: 1, first_n: 2 }, ...refusal },
    ]);
    await untilStatus('paused');
    expect(await countOf('sending')).toBeGreaterThan(0);
    await startCampaign({ actor: campaign.actor, campaignId: campaign.id });
    await untilStatus('completed');
    expect(await pauses()).toBe(1);
    expect((await herd.ledger(campaign)).duplicate_recipients).toBe(0);
  },
);

test(
  'a token that is replaced while it runs does not pause it, although the former is refused at once',
  { timeout: 120_000 },
  async () => {
    campaign = await herd.runCampaign({ count: 200, rateLimit: 50, workerCount: 10 });
    const { workspaceId } = campaign.actor;
    await expect.poll(() => countOf('pending'), LONG).toBeLessThan(190);
    const token = `EAA${randomUUID()}`;
    // Not told to the workers, as when their connection for news is down: they read it by and by.
    await database()
      .db.update(senders)
      .set({
        accessTokenSealed: sealSenderSecret({ workspaceId, id: campaign.senderId }, 'access_token', token),
      })
      .where(eq(senders.id, campaign.senderId));
    await herd.sandbox('PATCH', `/numbers/${campaign.phoneNumberId}`, { access_token: token });
    await untilStatus('completed');
    expect(await pauses()).toBe(0);
    await expect.poll(reported, LONG).toBe(200);
    const { posts, accepted, duplicate_recipients: twice } = await herd.ledger(campaign);
    expect(posts).toBeGreaterThan(accepted);
    expect(twice).toBe(0);
  },
);

test(
  'an outage pauses the campaign instead of turning the list into doubt',
  { timeout: 120_000 },
  async () => {
    campaign = await herd.runCampaign({ count: 500, rateLimit: 100, workerCount: 5 });
    await setFaults([{ match: {}, action: 'drop_before_accept' }]);
    await untilStatus('paused');
    expect((await look()).reason).toMatch(/in a row/);
    await expect.poll(() => countOf('sending'), LONG).toBe(0);
    expect(await countOf('unconfirmed')).toBeLessThan(40);
    expect(await countOf('failed')).toBe(0);
  },
);

test(
  'every kind of lost answer is unconfirmed; receipts settle those WhatsApp took, a person resends the rest',
  { timeout: 120_000 },
  async () => {
    const digits = ['0005', '0008', '0009', '0017', '0027', '0030', '0031'];
    campaign = await herd.runCampaign({
      count: 70,
      rateLimit: 20,
      workerCount: 3,
      // Spread, so that no run of doubts pulls the brake.
      suffixOf: (i) => (i % 10 === 0 ? digits[i / 10] : undefined),
    });
    await untilStatus('completed');
    // Taken and answered badly: 0005, 0008, 0017. Not taken: 0009, 0027, 0030, 0031.
    await expect.poll(reported, LONG).toBe(66);
    expect(await countOf('unconfirmed')).toBe(4);
    expect((await herd.ledger(campaign)).duplicate_recipients).toBe(0);
    const { retried } = await retryRecipients({
      actor: campaign.actor,
      campaignId: campaign.id,
      include: ['unconfirmed'],
    });
    expect(retried).toBe(4);
    await untilStatus('completed');
    expect(await countOf('unconfirmed')).toBe(4); // these numbers lose the answer every time
    expect((await herd.ledger(campaign)).duplicate_recipients).toBe(0);
  },
);

test(
  'pause: no request starts later than a second after it; what was in hand goes back',
  { timeout: 60_000 },
  async () => {
    campaign = await herd.runCampaign({ count: 2000, rateLimit: 200, workerCount: 20 });
    await expect.poll(() => countOf('sent'), LONG).toBeGreaterThan(20);
    await setCampaignStatus({ actor: campaign.actor, campaignId: campaign.id, status: 'paused' });
    await sleep(1000);
    const { posts } = await herd.ledger(campaign);
    await sleep(1500);
    expect((await herd.ledger(campaign)).posts).toBe(posts);
    expect(await countOf('sending')).toBe(0);
    expect(await countOf('unconfirmed')).toBe(0);
  },
);

test('never more than worker_count requests under way, over two processes', { timeout: 90_000 }, async () => {
  herd.spawnWorker();
  await herd.sandbox('POST', '/settings', { latency_ms: [150, 250] });
  campaign = await herd.runCampaign({ count: 120, rateLimit: 500, workerCount: 5 });
  await untilStatus('completed');
  const { max_in_flight: most } = await herd.ledger(campaign);
  expect(most).toBeLessThanOrEqual(5);
  expect(most).toBeGreaterThan(2);
});

test(
  'a frozen worker that wakes up after its lease sends nothing twice and goes on under a new lease',
  { timeout: 120_000 },
  async () => {
    const zombie = herd.spawnWorker();
    campaign = await herd.runCampaign({ count: 1500, rateLimit: 50, workerCount: 10 });
    await expect
      .poll(
        async () => (await database().sql`SELECT 1 FROM workers WHERE pid = ${zombie.pid ?? 0}`).length,
        LONG,
      )
      .toBe(1);
    await sleep(2000);
    zombie.kill('SIGSTOP');
    await sleep(20_000);
    zombie.kill('SIGCONT');
    await expect.poll(() => countOf('pending'), LONG).toBeLessThan(300);
    const counts = await statusCounts(campaign);
    expect(counts.sending ?? 0).toBeLessThanOrEqual(40);
    expect((await herd.ledger(campaign)).duplicate_recipients).toBe(0);
  },
);
