import { database } from '@/db/client';
import type { RunningCampaign } from '@/tests/support/herd';
import { databaseWork, postgresVersion, workBetween } from './database-work';
import { openLimits, untilEnded, untilWorkersLive, withHerd } from './herd-run';
import { round, type Measurement } from './measurement';
import { cpuSecondsOf, memoryMb } from './process-usage';
import type { ResultRow } from './results';

const RECIPIENTS = 1_000_000;
const TENTHS = 10;
/** Once a second. */
const LOOKS_A_COUNT = 10;

/** One worker without a limit over a long list: whether speed and memory stay what they are. `options`: its length. */
export async function measureMillion([length]: string[]): Promise<Measurement> {
  const recipients = Number(length ?? RECIPIENTS);
  return withHerd(async (herd) => {
    await herd.sandbox('POST', '/settings', { statuses: 'off' });
    const campaign = await herd.runCampaign({ count: recipients, rateLimit: 1000, workerCount: 100 });
    await openLimits(herd, campaign);
    await database().sql`VACUUM (ANALYZE) recipients`;
    const before = await databaseWork();
    const pid = herd.spawnWorker().pid ?? 0;
    await untilWorkersLive(1);
    const rows: ResultRow[] = [];
    let mark = { at: performance.now(), cpu: cpuSecondsOf(pid), peakMb: 0 };
    const tenth = recipients / TENTHS;
    let looked = 0;
    const look = () => {
      mark.peakMb = Math.max(mark.peakMb, memoryMb(pid));
      looked += 1;
      if (looked % LOOKS_A_COUNT > 0) return;
      void sentSoFar(campaign).then((sent) => {
        if (sent < tenth * (rows.length + 1)) return;
        const now = { at: performance.now(), cpu: cpuSecondsOf(pid), peakMb: 0 };
        rows.push(rowOf(sent, mark, now, sent - Number(rows.at(-1)?.messages ?? 0)));
        mark = now;
      });
    };
    await untilEnded(campaign, { look });
    const work = workBetween(before, await databaseWork());
    const ledger = await herd.ledger(campaign);
    if (ledger.accepted !== recipients)
      throw new Error(
        `Only ${ledger.accepted} of ${recipients} were sent to: the campaign did not come to its end.`,
      );
    const seconds = ((ledger.last_at ?? 0) - (ledger.first_at ?? 0)) / 1000;
    return {
      section: `${recipients.toLocaleString('en')} messages by one worker without a limit`,
      rows,
      postgres: await postgresVersion(),
      notes: [
        `${Math.round(ledger.posts / seconds)} messages a second over all of it, ${ledger.duplicate_recipients} sent twice; ${round(work.transactions / recipients, 3)} transactions, ${Math.round(work.walBytes / recipients)} bytes of WAL and ${Math.round((work.cpuSeconds / recipients) * 1e6)} µs of the database's CPU a message.`,
        'The sandbox answers at once, reports no statuses, and takes one core of its own.',
      ],
    };
  });
}

/** By the product's own counts: the sandbox would go through its whole ledger for each answer. */
async function sentSoFar({ id, actor }: RunningCampaign): Promise<number> {
  const [row] = await database().sql<{ sent: number }[]>`
    SELECT sum(sent)::int AS sent FROM campaign_counters
    WHERE workspace_id = ${actor.workspaceId} AND campaign_id = ${id}`;
  return row?.sent ?? 0;
}

function rowOf(
  messages: number,
  from: { at: number; cpu: number; peakMb: number },
  to: { at: number; cpu: number },
  made: number,
): ResultRow {
  return {
    messages,
    'messages a second': Math.round(made / ((to.at - from.at) / 1000)),
    'CPU µs a message': Math.round(((to.cpu - from.cpu) / made) * 1e6),
    'peak MB': Math.round(from.peakMb),
  };
}
