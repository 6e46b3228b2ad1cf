import { connect, database, type Sql } from '@/db/client';
import { openLedger } from '@/lib/daily-limit/ledger';
import { claimRecipients } from '@/lib/recipients/claim';
import { wakeDueRecipients } from '@/lib/recipients/queue';
import { holdClosed } from '@/lib/recipients/window-hold';
import type { Closed } from '@/lib/send-window/closed';
import { createActiveCampaign, createWorker, type ActiveCampaign } from '@/tests/support/engine';
import { startTestPostgres } from '@/tests/support/postgres';
import '@/tests/support/env';
import { postgresVersion } from './database-work';
import { quantile, round, timed, type Measurement } from './measurement';

const SIZES = [10_000, 1_000_000];
const BATCH = 100;
const TIMES = 40;
/** Behind all those who wait: people who may be written to. */
const OPEN = BATCH * TIMES * 2;
const HOUR_MS = 3_600_000;

type Timings = Record<string, number>;

/** What people who wait cost those who do not, and what their wait itself takes. `options`: other sizes. */
export async function measureWaiting(options: string[]): Promise<Measurement> {
  const sizes = options.length > 0 ? options.map(Number) : SIZES;
  const stopPostgres = await startTestPostgres();
  try {
    const bySize: Timings[] = [];
    for (const size of sizes) bySize.push({ ...(await windowTimings(size)), ...(await limitTimings(size)) });
    return {
      section: 'Waiting',
      rows: Object.keys(bySize[0] ?? {}).map((what) => {
        const times = bySize.map((timings) => timings[what] ?? NaN);
        return {
          what,
          waiting: sizes.map((size) => size.toLocaleString('en')).join(' · '),
          ms: times.map((time) => round(time, 2)).join(' · '),
          'largest ÷ smallest': round((times.at(-1) ?? NaN) / (times[0] ?? NaN), 2),
        };
      }),
      postgres: await postgresVersion(),
      notes: [
        `Claims: median of ${TIMES}, of ${BATCH} people each. A thousand put aside or called back: the time of all of them over their number.`,
      ],
    };
  } finally {
    await database().close();
    await stopPostgres();
  }
}

/** All but the last to be claimed are where the window is closed. */
async function windowTimings(size: number): Promise<Timings> {
  const campaign = await createActiveCampaign(0);
  const { workspaceId, id: campaignId, senderId } = campaign;
  const of = { workspaceId, campaignId, senderId };
  const closed: Closed = {
    window: { from: '09:00', to: '17:00', days: ['mon'] },
    prefixes: ['+81'],
    opensAt: [Date.now() + HOUR_MS],
    validUntil: Date.now() + HOUR_MS,
  };
  await withoutTimeout(async (sql) => {
    await sql`UPDATE senders SET send_window = ${JSON.stringify(closed.window)}::text::jsonb WHERE workspace_id = ${workspaceId}`;
    await fill(campaign, { from: 0, count: size, prefix: '+81', code: 81 }, sql);
    await fill(campaign, { from: size, count: OPEN, prefix: '+1', code: 1 }, sql);
    await sql`VACUUM (ANALYZE) recipients`;
  });
  const aside = await timed(async () => {
    for (let afterSeq: number | null = 0; afterSeq !== null;)
      ({ lastSeq: afterSeq } = await holdClosed({ ...of, closed, afterSeq }));
  });
  const claims = await claimTimes(of, { closed });
  await withoutTimeout(
    (sql) =>
      sql`UPDATE recipients SET retry_at = now() WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} AND retry_at IS NOT NULL`,
  );
  const back = await timed(async () => {
    while ((await wakeDueRecipients(of)) > 0);
  });
  return {
    'a claim beside those who wait for their window': claims,
    'a thousand put aside': aside / (size / 1000),
    'a thousand called back when it opens': back / (size / 1000),
  };
}

/** Nobody of the first may be written to today; the last were, and may be again. */
async function limitTimings(size: number): Promise<Timings> {
  const campaign = await createActiveCampaign(0);
  const { workspaceId, id: campaignId, senderId } = campaign;
  const daily = { portfolio: 'portfolio', revision: 0, limit: size };
  await openLedger({ workspaceId, portfolio: daily.portfolio });
  await withoutTimeout(async (sql) => {
    await fill(campaign, { from: 0, count: size + OPEN, prefix: '+1', code: 1 }, sql);
    await sql`
      INSERT INTO daily_recipients (workspace_id, portfolio, phone, last_at)
      SELECT ${workspaceId}, ${daily.portfolio}, '+44' || (2000000000 + n), now() FROM generate_series(1, ${size - OPEN}::int) n`;
    await sql`UPDATE daily_limits SET used = ${size - OPEN} WHERE workspace_id = ${workspaceId}`;
    await sql`VACUUM (ANALYZE) recipients, daily_recipients`;
  });
  const claims = await claimTimes({ workspaceId, campaignId, senderId }, { daily });
  return { 'a claim under a daily limit nearly used by as many': claims };
}

type Waits = Pick<Parameters<typeof claimRecipients>[0], 'closed' | 'daily'>;

async function claimTimes(
  of: Pick<Parameters<typeof claimRecipients>[0], 'workspaceId' | 'campaignId' | 'senderId'>,
  waits: Waits,
): Promise<number> {
  const workerId = await createWorker(3600);
  const times: number[] = [];
  let afterSeq = 0;
  for (let i = 0; i < TIMES; i += 1) {
    await database()
      .sql`UPDATE rate_limits SET tat = now() - interval '1 day' WHERE workspace_id = ${of.workspaceId}`;
    const request = { ...of, ...waits, workerId, max: BATCH, carried: 0, afterSeq, catchUpMs: 0 };
    let claimed: { seq: number }[] = [];
    times.push(await timed(async () => void ({ recipients: claimed } = await claimRecipients(request))));
    if (claimed.length !== BATCH) throw new Error(`${claimed.length} of ${BATCH} were claimed.`);
    afterSeq = claimed.at(-1)?.seq ?? afterSeq;
  }
  return quantile(times, 0.5);
}

/** Millions of rows in one statement take longer than the product lets one take. */
async function withoutTimeout(work: (sql: Sql) => Promise<unknown>): Promise<void> {
  const { sql, close } = connect(process.env.DATABASE_URL ?? '', { max: 1, statementTimeoutMs: 0 });
  await work(sql);
  await close();
}

/** Waiting in the queue, as an import leaves them. */
async function fill(
  { workspaceId, id }: ActiveCampaign,
  rows: { from: number; count: number; prefix: string; code: number },
  sql: Sql,
): Promise<void> {
  await sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells, pending, state)
    SELECT ${workspaceId}, ${id}, uuidv7(), ${rows.prefix}::text || (2000000000 + n), ${rows.code}::int, '["", "Ana"]', true, 'queued'
    FROM generate_series(${rows.from + 1}::int, ${rows.from + rows.count}::int) n`;
}
