import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { database } from '@/db/client';
import { assertBalanced, statusCounts } from '@/tests/support/engine';
import { Herd, type RunningCampaign } from '@/tests/support/herd';
import { Machine, whyNoNamespaces } from './machine';

const reason = whyNoNamespaces();
if (reason !== null) console.info(`Skipped: ${reason}.`);

const MACHINES = 3;
const TOTAL = 2400;
const RATE = 40;

let herd: Herd;
const machines: Machine[] = [];
beforeAll(async () => {
  if (reason !== null) return;
  herd = await Herd.start();
  const ports = [Number(new URL(process.env.DATABASE_URL ?? '').port), Number(process.env.SANDBOX_PORT)];
  for (let number = 1; number <= MACHINES; number++) machines.push(await Machine.start(number, ports));
}, 60_000);
afterAll(async () => {
  await Promise.all(machines.map((machine) => machine.remove()));
  if (reason === null) await herd.stop();
}, 60_000);

/** A worker on that machine; returns its process id, by which it registers. */
function startWorker(machine: Machine): number {
  const databaseUrl = new URL(process.env.DATABASE_URL ?? '');
  databaseUrl.hostname = machine.nearAddress;
  const worker = machine.run(['--import', 'tsx', 'scripts/run.mjs', 'worker', '--dev'], {
    ...process.env,
    DATABASE_URL: databaseUrl.href,
    WHATSAPP_API_URL: `http://${machine.nearAddress}:${process.env.SANDBOX_PORT}`,
    LOG_LEVEL: 'silent',
  });
  return worker.pid ?? 0;
}

/** Sandbox senders are reached on loopback alone, which another machine is not: made an ordinary one. */
async function reachByAddress(campaign: RunningCampaign): Promise<void> {
  await database().sql`
    UPDATE senders SET sandbox = false WHERE workspace_id = ${campaign.actor.workspaceId} AND id = ${campaign.senderId}`;
}

const incarnationsOf = async (pid: number) =>
  (await database().sql<{ id: string }[]>`SELECT id FROM workers WHERE pid = ${pid}`).map(({ id }) => id);

async function rowsIn(campaign: RunningCampaign, state: 'sending' | 'in_doubt', workers?: string[]) {
  const { sql } = database();
  const rows = await sql<{ id: string }[]>`
    SELECT id FROM recipients
    WHERE workspace_id = ${campaign.actor.workspaceId} AND campaign_id = ${campaign.id} AND state = ${state}
      AND ${workers === undefined ? sql`true` : sql`worker_id = ANY(${workers}::uuid[])`}`;
  return rows.map(({ id }) => id);
}

async function claimedBy(campaign: RunningCampaign, workers: string[]): Promise<number> {
  const [row] = await database().sql<{ n: number }[]>`
    SELECT count(*)::int AS n FROM recipients
    WHERE workspace_id = ${campaign.actor.workspaceId} AND campaign_id = ${campaign.id} AND worker_id = ANY(${workers}::uuid[])`;
  return row?.n ?? 0;
}

async function statusOf(campaign: RunningCampaign): Promise<string | undefined> {
  const [row] = await database().sql<{ status: string }[]>`
    SELECT status FROM campaigns WHERE workspace_id = ${campaign.actor.workspaceId} AND id = ${campaign.id}`;
  return row?.status;
}

/** Notes who is in doubt, again and again: a receipt may settle them soon. */
function watchDoubt(campaign: RunningCampaign): () => Promise<Set<string>> {
  const seen = new Set<string>();
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      for (const id of await rowsIn(campaign, 'in_doubt')) seen.add(id);
      await sleep(50);
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    return seen;
  };
}

test.skipIf(reason !== null)(
  'of three machines one is cut off mid-campaign and comes back: nobody twice, nobody lost, in doubt only what it had in the air',
  { timeout: 240_000 },
  async () => {
    const campaign = await herd.runCampaign({ count: TOTAL, rateLimit: RATE, workerCount: 60 });
    // Answers take a while and receipts longer, so that something is in the air whenever the cable is pulled.
    await herd.sandbox('POST', '/settings', {
      phone_number_id: campaign.phoneNumberId,
      latency_ms: [400, 800],
      delay_scale: 4,
    });
    await reachByAddress(campaign);
    const pids = machines.map((machine) => startWorker(machine));
    const [cut] = machines;
    const cutPid = pids[0] ?? 0;
    await expect
      .poll(
        async () => {
          const each = await Promise.all(
            pids.map(async (pid) => claimedBy(campaign, await incarnationsOf(pid))),
          );
          return Math.min(...each);
        },
        { timeout: 60_000 },
      )
      .toBeGreaterThan(20);

    const before = await incarnationsOf(cutPid);
    const doubtUntilNow = watchDoubt(campaign);
    await cut?.pullOut();
    // Whatever it had sent to the database before is there by now.
    await sleep(200);
    const inTheAir = new Set(await rowsIn(campaign, 'sending', before));
    await expect.poll(() => incarnationsOf(cutPid), { timeout: 40_000, interval: 250 }).toEqual([]);
    expect(await statusOf(campaign)).toBe('active');
    const meanwhile = await herd.ledger(campaign);

    await cut?.plugIn();
    await expect.poll(() => incarnationsOf(cutPid), { timeout: 60_000, interval: 250 }).not.toEqual([]);
    const after = await incarnationsOf(cutPid);
    expect(after).not.toEqual(before);
    await expect.poll(() => claimedBy(campaign, after), { timeout: 30_000 }).toBeGreaterThan(0);

    await expect.poll(() => statusOf(campaign), { timeout: 120_000, interval: 500 }).toBe('completed');
    await expect
      .poll(async () => (await herd.ledger(campaign)).statuses.pending, { timeout: 60_000, interval: 500 })
      .toBe(0);
    const doubted = await doubtUntilNow();
    expect(inTheAir.size).toBeGreaterThan(0);
    expect([...doubted].filter((id) => !inTheAir.has(id))).toEqual([]);

    const seen = await herd.ledger(campaign);
    expect(seen.duplicate_recipients).toBe(0);
    // Over the whole run: what one second sees here tells more of this machine's load than of the workers.
    const seconds = ((seen.last_at ?? 0) - (seen.first_at ?? 0)) / 1000;
    expect(seen.posts / seconds).toBeLessThanOrEqual(RATE);
    const counts = await statusCounts(campaign);
    // Those that never left before the cut stay unconfirmed: a person decides, as promised.
    expect(counts.unconfirmed ?? 0).toBe(TOTAL - seen.accepted);
    expect((counts.pending ?? 0) + (counts.sending ?? 0)).toBe(0);
    await assertBalanced(campaign);
    console.info(
      `${MACHINES} machines, ${TOTAL} recipients, ${seen.duplicate_recipients} twice, 0 lost. Cut off with ${inTheAir.size} in the air, ` +
        `${doubted.size} of them in doubt for a while, ${counts.unconfirmed ?? 0} at the end (never left). WhatsApp had taken ${meanwhile.accepted} by ` +
        `the time it came back; it sent ${await claimedBy(campaign, after)} more afterwards.`,
    );
  },
);
