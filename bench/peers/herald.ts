import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { database } from '@/db/client';
import type { Herd, RunningCampaign } from '@/tests/support/herd';
import { cpuSecondsOf, peakMemoryMb } from '../process-usage';
import { LONGEST_RUN_MS, type Order, type Run } from './contestant';
import { databaseWork, workBetween } from './database-work';
import { faultOf } from './witness';

/**
 * A campaign's rate ends at 1,000/s by contract. Here the limiters' own rows are opened to more than a machine does,
 * so that all the engine does about rates is still done and never binds.
 */
const OPEN_RATE = 20_000;

/** One worker process of the product on one campaign, from the first POST to the last stored result. */
export async function runHerald(herd: Herd, { recipients, concurrency }: Order): Promise<Run> {
  const campaign = await herd.runCampaign({
    count: recipients,
    rateLimit: 1_000,
    workerCount: concurrency,
    senderRate: 1_000,
  });
  await openLimits(herd, campaign);
  const before = await databaseWork();
  const pid = herd.spawnWorker().pid ?? 0;
  await untilWorkerLives();
  const cpuBefore = cpuSecondsOf(pid);
  const ended = await untilEnded(campaign);
  const cpuSeconds = cpuSecondsOf(pid) - cpuBefore;
  const peakMb = peakMemoryMb(pid);
  const work = workBetween(before, await databaseWork());
  await herd.killWorkers();
  await forgetWorkers();
  const [seen, stored] = [await herd.ledger(campaign), await storedResults(campaign)];
  return {
    peer: 'herald',
    version: productVersion(),
    recipients,
    seconds: (stored.lastAt - (seen.first_at ?? 0)) / 1000,
    cpuSeconds,
    peakMb,
    database: work,
    fault: ended ? faultOf(seen, stored.count, recipients) : 'did not end in time',
  };
}

/** Opens a campaign's limits, and the sandbox's own for its number. */
export async function openLimits(herd: Herd, campaign: RunningCampaign): Promise<void> {
  const { id, senderId, actor, phoneNumberId } = campaign;
  await database().sql`
    UPDATE rate_limits SET rate = ${OPEN_RATE}
    WHERE workspace_id = ${actor.workspaceId} AND id IN (${id}, ${senderId})`;
  await herd.sandbox('PATCH', `/numbers/${phoneNumberId}`, { messages_per_second: 1_000_000 });
}

async function untilWorkerLives(): Promise<void> {
  const deadline = performance.now() + LONGEST_RUN_MS;
  while (performance.now() < deadline) {
    const rows = await database().sql`SELECT 1 FROM workers WHERE lease_until > now()`;
    if (rows.length > 0) return;
    await sleep(5);
  }
  throw new Error('the worker did not start');
}

/** The next run's worker is the only one: this one was killed, and its lease would say otherwise for a while. */
async function forgetWorkers(): Promise<void> {
  await database().sql`DELETE FROM workers`;
}

async function untilEnded({ id }: RunningCampaign): Promise<boolean> {
  const deadline = performance.now() + LONGEST_RUN_MS;
  while (performance.now() < deadline) {
    const [row] = await database().sql<{ status: string }[]>`SELECT status FROM campaigns WHERE id = ${id}`;
    if (row?.status !== 'active') return true;
    await sleep(100);
  }
  return false;
}

async function storedResults({ id }: RunningCampaign): Promise<{ count: number; lastAt: number }> {
  const [row] = await database().sql<{ count: number; lastAt: number }[]>`
    SELECT count(DISTINCT wamid)::int AS count, extract(epoch FROM max(accepted_at))::float8 * 1000 AS "lastAt"
    FROM recipients WHERE campaign_id = ${id} AND accepted_at IS NOT NULL`;
  return row ?? { count: 0, lastAt: 0 };
}

function productVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
  const { version } = manifest as { version: string };
  return version;
}
