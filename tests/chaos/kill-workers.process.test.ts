import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { database } from '@/db/client';
import { setCampaignStatus } from '@/lib/campaigns/transitions';
import { assertBalanced, statusCounts } from '@/tests/support/engine';
import { Herd, type RunningCampaign } from '@/tests/support/herd';

let herd: Herd;
beforeAll(async () => {
  herd = await Herd.start();
}, 60_000);
afterEach(() => herd.killWorkers());
afterAll(() => herd.stop(), 30_000);

const statusOf = async (campaign: RunningCampaign) => {
  const [row] = await database().sql<
    { status: string }[]
  >`SELECT status FROM campaigns WHERE id = ${campaign.id}`;
  return row?.status;
};

/** Everyone accounted for by a receipt, or failed. */
async function untilSettled(
  campaign: RunningCampaign,
  total: number,
  withinMs: number,
): Promise<Record<string, number>> {
  let counts: Record<string, number> = {};
  await expect
    .poll(
      async () => {
        counts = await statusCounts(campaign);
        return (counts.delivered ?? 0) + (counts.read ?? 0) + (counts.failed ?? 0);
      },
      { timeout: withinMs, interval: 500 },
    )
    .toBe(total);
  return counts;
}

test(
  'three workers, one killed every 2 s: nobody twice, nobody lost, and the receipts settle the doubt',
  { timeout: 180_000 },
  async () => {
    const total = 1500;
    const campaign = await herd.runCampaign({ count: total, rateLimit: 100, workerCount: 20 });
    const workers = [herd.spawnWorker(), herd.spawnWorker(), herd.spawnWorker()];
    const deadline = Date.now() + 60_000;
    let kills = 0;
    while ((await statusOf(campaign)) === 'active' && Date.now() < deadline && kills < 6) {
      await sleep(2000);
      workers.shift()?.kill('SIGKILL');
      workers.push(herd.spawnWorker());
      kills += 1;
    }
    expect(kills).toBeGreaterThan(2);
    await expect.poll(() => statusOf(campaign), { timeout: 60_000, interval: 500 }).toBe('completed');
    await expect.poll(async () => (await statusCounts(campaign)).sending ?? 0, { timeout: 40_000 }).toBe(0);

    const inDoubt = (await statusCounts(campaign)).unconfirmed ?? 0;
    const seen = await herd.ledger(campaign);
    expect(seen.duplicate_recipients).toBe(0);
    // Those that never left before the kill stay unconfirmed: a person decides, as promised.
    const neverSent = total - seen.accepted;
    const counts = await untilSettled(campaign, total - neverSent, 60_000);
    expect(counts.unconfirmed ?? 0).toBe(neverSent);
    await assertBalanced(campaign);
    console.info(
      `${kills} of the workers killed, ${total} recipients: ${seen.duplicate_recipients} twice, 0 lost; ${inDoubt} still unconfirmed at the end, ${inDoubt - neverSent} of them settled by receipts, ${neverSent} had never left.`,
    );
  },
);

test(
  'SIGTERM under load: everything under way is recorded, nothing is left in doubt, exit 0 within 10 s',
  { timeout: 90_000 },
  async () => {
    const campaign = await herd.runCampaign({
      count: 2000,
      rateLimit: 200,
      workerCount: 20,
      suffixOf: (i) => (i % 3 === 0 ? '0007' : undefined),
    });
    const worker = herd.spawnWorker();
    await expect
      .poll(async () => (await statusCounts(campaign)).sent ?? 0, { timeout: 30_000 })
      .toBeGreaterThan(20);
    const asked = Date.now();
    const exited = new Promise<number | null>((resolve) => worker.once('exit', resolve));
    worker.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    const { posts } = await herd.ledger(campaign);
    await sleep(1000);
    expect((await herd.ledger(campaign)).posts).toBe(posts);
    const counts = await statusCounts(campaign);
    expect(counts.sending ?? 0).toBe(0);
    expect(counts.unconfirmed ?? 0).toBe(0);
    await setCampaignStatus({ actor: campaign.actor, campaignId: campaign.id, status: 'stopped' });
    await assertBalanced(campaign);
  },
);
