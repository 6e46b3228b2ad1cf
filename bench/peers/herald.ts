import { readFileSync } from 'node:fs';
import { database } from '@/db/client';
import type { Herd, RunningCampaign } from '@/tests/support/herd';
import { databaseWork, workBetween } from '../database-work';
import { forgetWorkers, openLimits, untilEnded, untilWorkersLive } from '../herd-run';
import { cpuSecondsOf, peakMemoryMb } from '../process-usage';
import { LONGEST_RUN_MS, type Order, type Run } from './contestant';
import { faultOf } from './witness';

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
  await untilWorkersLive(1);
  const cpuBefore = cpuSecondsOf(pid);
  const ended = await untilEnded(campaign, { withinMs: LONGEST_RUN_MS });
  const cpuSeconds = cpuSecondsOf(pid) - cpuBefore;
  const peakMb = peakMemoryMb(pid);
  const work = workBetween(before, await databaseWork());
  await forgetWorkers(herd);
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
