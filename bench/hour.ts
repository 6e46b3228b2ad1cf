import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Sql } from '@/db/client';
import { drawPanels, type Panel } from './chart';
import { quantile, round, timed, type Measurement } from './measurement';
import { memoryMb } from './process-usage';
import type { ResultRow } from './results';
import { upload, withShop, writeList, type Shop } from './shop';

/** Messages a second, for so many minutes. */
const RATE = 300;
const MINUTES = 60;
const SAMPLE_MS = 10_000;
const ASK_EVERY_MS = 1_000;
const PARTS = 6;
const ANSWERS_MS = [20, 60];
const PICTURE = 'bench/hour.svg';

/** What was so in the ten seconds before. */
interface Sample {
  minute: number;
  sentPerSecond: number;
  receiptsPerSecond: number;
  listP95: number;
  detailP95: number;
  tableMb: number;
  indexMb: number;
  databaseMb: number;
  deadRows: number;
  vacuums: number;
  webMb: number;
  workerMb: number;
}

/** The whole product for an hour with every receipt: whether anything grows that should not. `options`: minutes. */
export async function measureHour([minutes]: string[]): Promise<Measurement> {
  const seconds = Number(minutes ?? MINUTES) * 60;
  const folder = await mkdtemp(path.join(tmpdir(), 'herald-hour-'));
  try {
    return await withShop((shop) => hour(shop, path.join(folder, 'list.csv'), seconds));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function hour(shop: Shop, list: string, seconds: number): Promise<Measurement> {
  await shop.sandbox('POST', '/settings', { latency_ms: ANSWERS_MS });
  await writeList(list, RATE * seconds);
  const { campaign_id: id } = await upload(shop, list, 'An hour');
  const { sql, close } = connect(shop.databaseUrl, { max: 1, name: 'bench' });
  try {
    await shop.api.post(`/api/campaigns/${id}/send`, { rate_limit: RATE, worker_count: 100 });
    const samples = await watch(shop, sql, id);
    writeFileSync(
      PICTURE,
      drawPanels(`${seconds / 60} minutes at ${RATE} messages a second`, panelsOf(samples)),
    );
    const ledger = await summaryOf(shop);
    const [server] = await sql<{ server_version: string }[]>`SHOW server_version`;
    return {
      section: 'An hour',
      rows: rowsOf(samples),
      ...(server ? { postgres: server.server_version.split(' ')[0] ?? '' } : {}),
      notes: [
        `${ledger.posts} messages in ${round((ledger.last_at - ledger.first_at) / 1000, 1)} s: ${round((ledger.posts - 1) / ((ledger.last_at - ledger.first_at) / 1000) / RATE, 3)} of ${RATE} a second; the busiest second ${round(ledger.busiest_second.count / RATE, 3)} of it; ${ledger.duplicate_recipients} sent twice.`,
        `Every message is answered after ${ANSWERS_MS.join('–')} ms and brings its receipts by signed webhooks to the product's port; autovacuum as PostgreSQL and the schema have it. The curves: [hour.svg](hour.svg).`,
        "The whole campaign is stored from the start; what its tables grow by is what each message brings (WhatsApp's id, four times, their index entries) and what updates leave behind.",
      ],
    };
  } finally {
    await close();
  }
}

interface Ledger {
  posts: number;
  duplicate_recipients: number;
  busiest_second: { count: number };
  first_at: number;
  last_at: number;
}

async function summaryOf({ sandbox, sender }: Shop): Promise<Ledger> {
  return (await sandbox('GET', `/ledger?phone_number_id=${sender.phone_number_id}&summary=1`)) as Ledger;
}

/** A sample every ten seconds until nobody is waiting. */
async function watch(shop: Shop, sql: Sql, id: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  const began = performance.now();
  let before = { ...(await countsOf(sql, id)), at: began };
  while (before.pending > 0) {
    const [listTimes, detailTimes] = await askFor(shop, id, SAMPLE_MS);
    const now = { ...(await countsOf(sql, id)), at: performance.now() };
    const elapsed = (now.at - before.at) / 1000;
    samples.push({
      minute: (now.at - began) / 60_000,
      sentPerSecond: (before.pending - now.pending) / elapsed,
      receiptsPerSecond: (now.delivered + now.read - before.delivered - before.read) / elapsed,
      listP95: quantile(listTimes, 0.95),
      detailP95: quantile(detailTimes, 0.95),
      webMb: memoryMb(shop.pids.web ?? 0),
      workerMb: memoryMb(shop.pids.worker ?? 0),
      ...(await sizesOf(sql)),
    });
    before = now;
  }
  // The last one is of a campaign that ended within it.
  return samples.slice(0, -1);
}

/** Looks at the list and at the campaign once a second, as somebody with both pages open does; ms each. */
async function askFor({ api }: Shop, id: string, forMs: number): Promise<[number[], number[]]> {
  const [list, detail]: [number[], number[]] = [[], []];
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    list.push(await timed(() => api.get('/api/campaigns?limit=50')));
    detail.push(await timed(() => api.get(`/api/campaigns/${id}`)));
    await sleep(Math.max(0, Math.min(ASK_EVERY_MS, until - performance.now())));
  }
  return [list, detail];
}

interface Counts {
  pending: number;
  delivered: number;
  read: number;
}

async function countsOf(sql: Sql, id: string): Promise<Counts> {
  const [row] = await sql<Counts[]>`
    SELECT sum(pending)::int AS pending, sum(delivered)::int AS delivered, sum(read)::int AS read
    FROM campaign_counters WHERE campaign_id = ${id}`;
  if (!row) throw new Error('The campaign has no counts.');
  return row;
}

async function sizesOf(
  sql: Sql,
): Promise<Pick<Sample, 'tableMb' | 'indexMb' | 'databaseMb' | 'deadRows' | 'vacuums'>> {
  const [row] = await sql`
    SELECT pg_table_size('recipients') / 1e6 AS "tableMb", pg_indexes_size('recipients') / 1e6 AS "indexMb",
      pg_database_size(current_database()) / 1e6 AS "databaseMb",
      n_dead_tup::float8 AS "deadRows", autovacuum_count::float8 AS vacuums
    FROM pg_stat_user_tables WHERE relname = 'recipients'`;
  const number = (name: string) => Number(row?.[name]);
  return {
    tableMb: number('tableMb'),
    indexMb: number('indexMb'),
    databaseMb: number('databaseMb'),
    deadRows: number('deadRows'),
    vacuums: number('vacuums'),
  };
}

/** The hour in six parts, one row each. */
function rowsOf(samples: Sample[]): ResultRow[] {
  const length = Math.ceil(samples.length / PARTS);
  const parts = Array.from({ length: PARTS }, (_, i) => samples.slice(i * length, (i + 1) * length));
  return parts
    .filter((part) => part.length > 0)
    .map((part) => {
      const of = (name: keyof Sample) => part.map((sample) => sample[name]);
      const mean = (name: keyof Sample) => of(name).reduce((sum, value) => sum + value, 0) / part.length;
      return {
        'until minute': round(part.at(-1)?.minute ?? 0),
        'messages a second': round(mean('sentPerSecond'), 1),
        'fewest in 10 s': round(Math.min(...of('sentPerSecond')), 1),
        'receipts a second': round(mean('receiptsPerSecond')),
        'GET list, ms p95': round(quantile(of('listP95'), 0.5), 1),
        'GET campaign, ms p95': round(quantile(of('detailP95'), 0.5), 1),
        'recipients MB': round(Math.max(...of('tableMb'))),
        'its indexes MB': round(Math.max(...of('indexMb'))),
        'dead rows': Math.max(...of('deadRows')),
        vacuums: Math.max(...of('vacuums')),
        'web MB': round(Math.max(...of('webMb'))),
        'worker MB': round(Math.max(...of('workerMb'))),
      };
    });
}

function panelsOf(samples: Sample[]): Panel[] {
  const line = (name: string, key: keyof Sample) => ({
    name,
    points: samples.map((sample) => ({ x: sample.minute, y: sample[key] })),
  });
  return [
    {
      title: 'Messages and receipts a second',
      lines: [line('messages', 'sentPerSecond'), line('receipts', 'receiptsPerSecond')],
    },
    {
      title: 'Answers of the API, ms (95 % within)',
      lines: [line('list of campaigns', 'listP95'), line('one campaign', 'detailP95')],
    },
    {
      title: 'Disk, MB',
      lines: [line('recipients', 'tableMb'), line('their indexes', 'indexMb'), line('all', 'databaseMb')],
    },
    { title: 'Dead rows waiting for the vacuum', lines: [line('recipients', 'deadRows')] },
    { title: 'Memory, MB', lines: [line('web', 'webMb'), line('worker', 'workerMb')] },
  ];
}
