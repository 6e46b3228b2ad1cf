import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { database } from '@/db/client';
import { statusCounts } from '@/tests/support/engine';
import { Herd, type RunningCampaign } from '@/tests/support/herd';
import startPostgres from '@/tests/support/postgres';
import '@/tests/support/env';

// npm run bench: each figure beside its limit in the same run. Real worker processes, the sandbox as its own
// process with its ledger as witness, a real PostgreSQL, webhooks included.

interface Case {
  recipients: number;
  rateLimit: number;
  workerCount: number;
  processes: number;
}

const ALL: Case[] = [
  { recipients: 1_500, rateLimit: 50, workerCount: 10, processes: 1 },
  { recipients: 10_000, rateLimit: 100, workerCount: 20, processes: 1 },
  { recipients: 10_000, rateLimit: 200, workerCount: 20, processes: 4 },
  { recipients: 20_000, rateLimit: 1_000, workerCount: 100, processes: 1 },
];

// npm run bench -- 2 runs the second case alone.
const chosen = Number(process.argv[2]);
const CASES = ALL.filter((_, i) => !chosen || i === chosen - 1);

const stopPostgres = await startPostgres();
const herd = await Herd.start();
await herd.sandbox('POST', '/settings', { digits: 'off' });
const rows: Record<string, string | number>[] = [];
try {
  for (const one of CASES) rows.push(await measure(one));
} finally {
  await herd.stop();
  await stopPostgres();
}
console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), everything on one machine`,
);
console.table(rows);

async function measure(one: Case): Promise<Record<string, string | number>> {
  const { recipients, rateLimit, workerCount, processes } = one;
  const workers = Array.from({ length: processes }, () => herd.spawnWorker());
  await untilWorkersLive(processes);
  const before = await databaseWork();
  const campaign = await herd.runCampaign({ count: recipients, rateLimit, workerCount, senderRate: 1000 });
  let peakMb = 0;
  while ((await statusOf(campaign)) === 'active') {
    peakMb = Math.max(peakMb, ...workers.map((worker) => residentMb(worker.pid)));
    await sleep(250);
  }
  await untilReported(campaign, recipients);
  const after = await databaseWork();
  const seen = await herd.ledger(campaign);
  const seconds = ((seen.last_at ?? 0) - (seen.first_at ?? 0)) / 1000;
  const mean = (seen.posts - 1) / seconds;
  await herd.killWorkers();
  await sleep(1000);
  return {
    case: `${recipients} at ${rateLimit}/s, ${workerCount} at once, ${processes} process${processes > 1 ? 'es' : ''}`,
    seconds: seconds.toFixed(1),
    'mean of the limit': (mean / rateLimit).toFixed(3),
    'busiest second of the limit': (seen.busiest_second.count / rateLimit).toFixed(3),
    'busiest at': ((seen.busiest_second.from ?? 0) - (seen.first_at ?? 0)).toFixed(0),
    'sent twice': seen.duplicate_recipients,
    'peak MB a worker': Math.round(peakMb),
    'transactions a message': ((after.transactions - before.transactions) / recipients).toFixed(2),
    'WAL bytes a message': Math.round((after.walBytes - before.walBytes) / recipients),
  };
}

async function statusOf(campaign: RunningCampaign): Promise<string | undefined> {
  const [row] = await database().sql<
    { status: string }[]
  >`SELECT status FROM campaigns WHERE id = ${campaign.id}`;
  return row?.status;
}

async function untilWorkersLive(count: number): Promise<void> {
  const live = async () => {
    const [row] = await database().sql<
      { n: number }[]
    >`SELECT count(*)::int AS n FROM workers WHERE lease_until > now()`;
    return row?.n ?? 0;
  };
  while ((await live()) !== count) await sleep(100);
}

/** Every receipt back, or half a minute without them. */
async function untilReported(campaign: RunningCampaign, total: number): Promise<void> {
  for (let i = 0; i < 60; i++) {
    const counts = await statusCounts(campaign);
    if ((counts.delivered ?? 0) + (counts.read ?? 0) + (counts.failed ?? 0) === total) return;
    await sleep(500);
  }
}

async function databaseWork(): Promise<{ transactions: number; walBytes: number }> {
  await database().sql`SELECT pg_stat_force_next_flush()`;
  const [row] = await database().sql<{ transactions: number; walBytes: number }[]>`
    SELECT xact_commit::float8 AS transactions, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS "walBytes"
    FROM pg_stat_database WHERE datname = current_database()`;
  return row ?? { transactions: 0, walBytes: 0 };
}

function residentMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0; // the process has ended, or this is not Linux
  }
}
