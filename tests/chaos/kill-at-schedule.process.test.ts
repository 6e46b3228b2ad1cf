import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { database } from '@/db/client';
import { assertBalanced, statusCounts } from '@/tests/support/engine';
import { Herd, type RunningCampaign } from '@/tests/support/herd';

let herd: Herd;
beforeAll(async () => {
  herd = await Herd.start();
}, 60_000);
afterEach(() => herd.killWorkers());
afterAll(() => herd.stop(), 30_000);

/** Back to before its start, due in a moment; nobody works on it yet. */
async function planFor(campaign: RunningCampaign, seconds: number): Promise<void> {
  const { sql } = database();
  await sql`DELETE FROM campaign_events WHERE campaign_id = ${campaign.id}`;
  await sql`UPDATE campaigns SET status = 'scheduled', started_at = NULL,
    scheduled_at = now() + make_interval(secs => ${seconds}) WHERE id = ${campaign.id}`;
}

/** It started once, by itself, and everybody was written to but who may be in doubt; nobody twice. */
async function expectOneRun(campaign: RunningCampaign, total: number, mostInDoubt: number): Promise<void> {
  const statusOf = async () =>
    (await database().sql<{ status: string }[]>`SELECT status FROM campaigns WHERE id = ${campaign.id}`)[0]
      ?.status;
  await expect.poll(statusOf, { timeout: 60_000, interval: 500 }).toBe('completed');
  const started = await database().sql`
    SELECT user_id FROM campaign_events WHERE campaign_id = ${campaign.id} AND kind = 'started'`;
  expect([...started]).toEqual([{ user_id: null }]);
  const ledger = await herd.ledger(campaign);
  expect(ledger.duplicate_recipients).toBe(0);
  const { unconfirmed = 0 } = await statusCounts(campaign);
  expect(unconfirmed).toBeLessThanOrEqual(mostInDoubt);
  expect(ledger.accepted).toBeGreaterThanOrEqual(total - unconfirmed);
  await assertBalanced(campaign);
}

/** Two workers that die at this point; resolves when both have. */
async function dieAt(point: string): Promise<void> {
  const env = { CHAOS_POINT: point, CHAOS_NTH: '1' };
  const doomed = [1, 2].map(() => herd.spawnWorker({ env, imports: ['./tests/chaos/preload/failpoint.ts'] }));
  await Promise.all(doomed.map((worker) => once(worker, 'exit')));
  expect(doomed.map(({ signalCode }) => signalCode)).toEqual(['SIGKILL', 'SIGKILL']);
}

test(
  'workers killed at the moment the schedule fires: another one goes on, it started once, and nobody is written to twice',
  { timeout: 120_000 },
  async () => {
    const campaign = await herd.runCampaign({ count: 60, rateLimit: 50, workerCount: 10 });
    await planFor(campaign, 6);
    // Both die with their first message: whichever of them fires the start dies in its first moments.
    await dieAt('in-the-middle-of-the-post');
    herd.spawnWorker();
    // What the dead had in the air may be in doubt.
    await expectOneRun(campaign, 60, 2 * 10);
  },
);

test(
  'workers killed as they ask WhatsApp before the start, one after the other: the next one starts it, once',
  { timeout: 120_000 },
  async () => {
    const campaign = await herd.runCampaign({ count: 30, rateLimit: 50, workerCount: 10 });
    await planFor(campaign, 1);
    await dieAt('before-the-start');
    const [row] = await database().sql`
      SELECT status, started_at FROM campaigns WHERE id = ${campaign.id}`;
    expect(row).toEqual({ status: 'scheduled', started_at: null });
    herd.spawnWorker();
    await expectOneRun(campaign, 30, 0);
  },
);
