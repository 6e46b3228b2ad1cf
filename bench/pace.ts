import { setTimeout as sleep } from 'node:timers/promises';
import { busiestWindow } from '@/sandbox/ledger-summary';
import { statusCounts } from '@/tests/support/engine';
import type { Herd, RunningCampaign } from '@/tests/support/herd';
import { databaseWork, postgresVersion, workBetween } from './database-work';
import { Departures } from './departures';
import { forgetWorkers, untilEnded, untilWorkersLive, withHerd } from './herd-run';
import { round, type Measurement } from './measurement';
import { peakMemoryMb } from './process-usage';
import type { ResultRow } from './results';

interface Case {
  /** Messages a second. */
  rate: number;
  seconds: number;
  /** Requests under way at most. */
  atOnce: number;
  processes: number;
}

const CASES: Case[] = [
  { rate: 1, seconds: 20, atOnce: 10, processes: 1 },
  { rate: 3, seconds: 20, atOnce: 10, processes: 4 },
  ...[50, 200, 1000].flatMap((rate) =>
    [1, 4].map((processes) => ({ rate, seconds: 60, atOnce: rate === 50 ? 10 : 100, processes })),
  ),
];
/** Two campaigns on a number of this many a second, each allowed all of it. */
const SHARED_RATE = 200;
const SHARED_SECONDS = 30;
/** Each answer takes so long, ms, so that requests under way can be counted by the other side. */
const LATENCY_MS = [20, 60];

/** How exactly the set speed is kept, as the workers and the receiver see it. `options`: the case's number, for one alone. */
export async function measurePace(options: string[]): Promise<Measurement> {
  const wanted = options.map(Number);
  return withHerd(async (herd) => {
    await herd.sandbox('POST', '/settings', { latency_ms: LATENCY_MS });
    const rows: ResultRow[] = [];
    for (const [i, one] of CASES.entries())
      if (wanted.length === 0 || wanted.includes(i + 1)) rows.push(await paceOf(herd, one));
    if (wanted.length === 0 || wanted.includes(CASES.length + 1)) rows.push(await paceOfTwo(herd));
    return {
      section: 'Exact limits',
      rows,
      postgres: await postgresVersion(),
      notes: [
        'Mean: POSTs over the time from the first to the last, by the limit. Busiest second: the most POSTs in any half-open second, by the limit: as the workers handed them to the system (in the turn in which they are written to the socket), and as the sandbox, a busy process of its own, read them. At once: the most requests under way as the sandbox saw, by what is allowed.',
        `The sandbox answers after ${LATENCY_MS.join('–')} ms and reports every status to a receiver of the product's webhook code.`,
        'The engine spaces messages 0.5 % wider than the limit, so that jitter cannot crowd a window: 0.995 is the most the mean can be.',
      ],
    };
  });
}

async function paceOf(herd: Herd, one: Case): Promise<ResultRow> {
  const { rate, seconds, atOnce, processes } = one;
  const { workers, departures } = await startWorkers(herd, processes);
  const before = await databaseWork();
  const count = Math.round(rate * seconds);
  const campaign = await herd.runCampaign({
    count,
    rateLimit: rate,
    workerCount: atOnce,
    senderRate: 1000,
  });
  await untilEnded(campaign);
  const peakMb = Math.max(...workers.map(({ pid }) => peakMemoryMb(pid ?? 0)));
  const work = workBetween(before, await databaseWork());
  await untilReported(herd, campaign);
  const row = await seen(herd, campaign, { rate, atOnce, departures });
  await forgetWorkers(herd);
  await departures.remove();
  return {
    case: `${rate}/s for ${seconds} s, ${processes} worker${processes > 1 ? 's' : ''}`,
    ...row,
    'MB a worker': Math.round(peakMb),
    'transactions a message': round(work.transactions / count, 2),
  };
}

async function paceOfTwo(herd: Herd): Promise<ResultRow> {
  const { departures } = await startWorkers(herd, 2);
  const options = {
    count: SHARED_RATE * SHARED_SECONDS,
    rateLimit: SHARED_RATE,
    workerCount: 50,
    senderRate: SHARED_RATE,
  };
  const first = await herd.runCampaign(options);
  const second = await herd.runCampaign({ ...options, on: first });
  await sleep((SHARED_SECONDS * 1000) / 2);
  const shares = await Promise.all([first, second].map(sentSoFar));
  await untilEnded(first);
  await untilEnded(second);
  const row = await seen(herd, first, { rate: SHARED_RATE, atOnce: 100, departures });
  await forgetWorkers(herd);
  await departures.remove();
  const [a = 0, b = 0] = shares;
  return {
    case: `two campaigns on a number of ${SHARED_RATE}/s, 2 workers: shares ${round(a / (a + b), 2)} and ${round(b / (a + b), 2)} after ${SHARED_SECONDS / 2} s`,
    ...row,
  };
}

/** Worker processes that write down what leaves them, once all are live. */
async function startWorkers(herd: Herd, processes: number) {
  const departures = await Departures.open();
  const workers = Array.from({ length: processes }, () => herd.spawnWorker(departures.spawning));
  await untilWorkersLive(processes);
  return { workers, departures };
}

async function sentSoFar(campaign: RunningCampaign): Promise<number> {
  const { sent = 0, delivered = 0, read = 0 } = await statusCounts(campaign);
  return sent + delivered + read;
}

async function seen(
  herd: Herd,
  campaign: RunningCampaign,
  { rate, atOnce, departures }: { rate: number; atOnce: number; departures: Departures },
): Promise<ResultRow> {
  const left = await departures.read();
  const ledger = await herd.ledger(campaign);
  if (left.length !== ledger.posts)
    throw new Error(`The workers wrote down ${left.length} messages, and the sandbox read ${ledger.posts}.`);
  const seconds = ((ledger.last_at ?? 0) - (ledger.first_at ?? 0)) / 1000;
  return {
    'mean ÷ limit': round((ledger.posts - 1) / seconds / rate, 3),
    'busiest second as sent ÷ limit': round(busiestWindow(left, 1000).count / rate, 3),
    'as received': round(ledger.busiest_second.count / rate, 3),
    'at once ÷ allowed': round(ledger.max_in_flight / atOnce, 2),
    'sent twice': ledger.duplicate_recipients,
  };
}

/** The statuses of one case are not the next one's load. Half a minute at most. */
async function untilReported(herd: Herd, campaign: RunningCampaign): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const { statuses } = await herd.ledger(campaign);
    if (statuses.pending === 0) return;
    await sleep(500);
  }
}
