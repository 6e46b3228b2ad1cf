import { connect, database, type Sql } from '@/db/client';
import { claimRecipients, type ClaimedRecipient } from '@/lib/recipients/claim';
import { applyReceipts } from '@/lib/recipients/receipts';
import { settleRecipients } from '@/lib/recipients/settle';
import { countChanges } from '@/lib/stats/counters';
import {
  createActiveCampaign,
  createWorker,
  settlementOf,
  type ActiveCampaign,
} from '@/tests/support/engine';
import { startTestPostgres } from '@/tests/support/postgres';
import { receiptOf } from '@/tests/support/receipts';
import '@/tests/support/env';
import { postgresVersion } from './database-work';
import { round } from './measurement';
import { cpuSecondsOf } from './process-usage';
import { writeResults, type ResultRow } from './results';

// npm run bench:statements: what the engine's statements cost PostgreSQL a row, one connection at a time.
// `--write` puts it into bench/RESULTS.md; HERALD_TEST_PARTITIONS=4 measures the big tables in so many parts.

const BATCHES = [
  { batch: 20, rounds: 300 },
  { batch: 100, rounds: 150 },
  { batch: 500, rounds: 60 },
];
const BYSTANDERS = 200_000;
/** Beyond this a prepared statement keeps its plan; measured from here on. */
const WARM_UP = 10;

interface Spent {
  /** Of the backend that runs the statements. */
  cpuSeconds: number;
  seconds: number;
  walBytes: number;
}

const stop = await startTestPostgres();
try {
  await fill(await createActiveCampaign(0), BYSTANDERS);
  const rows: ResultRow[] = [];
  for (const { batch, rounds } of BATCHES) rows.push(...(await measureBatch(batch, rounds)));
  console.table(rows);
  if (process.argv.includes('--write')) write(rows, await postgresVersion());
} finally {
  await database().close();
  await stop();
}

async function measureBatch(batch: number, rounds: number): Promise<ResultRow[]> {
  const campaign = await createActiveCampaign(0);
  await fill(campaign, batch * (rounds + WARM_UP));
  await database().sql`UPDATE rate_limits SET rate = 100000 WHERE workspace_id = ${campaign.workspaceId}`;
  await database().sql`VACUUM (ANALYZE) recipients`;
  const [worker, web] = [true, false].map((pointLookups) =>
    connect(process.env.DATABASE_URL ?? '', { max: 1, pointLookups }),
  );
  if (!worker || !web) throw new Error('no connections');
  const rowOf = (statement: string, spent: Spent): ResultRow => ({
    statement,
    batch,
    'CPU µs a row': round((spent.cpuSeconds * 1e6) / (batch * rounds), 1),
    'ms a batch': round((spent.seconds * 1e3) / rounds, 2),
    'WAL bytes a row': round(spent.walBytes / (batch * rounds)),
    'rows/s, one backend': round((batch * rounds) / spent.seconds),
  });
  const claims: ClaimedRecipient[][] = [];
  const workerId = await createWorker(3600);
  const result: ResultRow[] = [];
  const measure = async (what: string, sql: Sql, work: (round: number) => Promise<void>) => {
    for (let i = 0; i < WARM_UP; i += 1) await work(i);
    const spent = await spentOn(sql, async () => {
      for (let i = WARM_UP; i < WARM_UP + rounds; i += 1) await work(i);
    });
    result.push(rowOf(what, spent));
  };
  await measure('claim', worker.sql, async () => {
    claims.push(await claim(campaign, workerId, batch, claims.at(-1)?.at(-1)?.seq ?? 0, worker.sql));
  });
  await measure('settle', worker.sql, async (i) => {
    const settlements = (claims[i] ?? []).map((one) =>
      settlementOf(campaign, workerId, one, { kind: 'accepted', wamid: `wamid.${one.id}` }),
    );
    await settleRecipients(settlements, worker.sql);
  });
  for (const kind of ['sent', 'delivered', 'read'] as const)
    await measure(`receipt: ${kind}`, web.sql, async (i) => {
      const receipts = (claims[i] ?? []).map(({ id }) =>
        // As WhatsApp sends them: the price is said twice, and counted once.
        receiptOf(campaign, id, kind, {
          wamid: `wamid.${id}`,
          pricing: kind === 'read' ? null : 'b regular marketing',
        }),
      );
      await applyReceipts(receipts, web.sql);
    });
  await measure('counters alone', web.sql, () => count(campaign, batch, web.sql));
  await Promise.all([worker.close(), web.close()]);
  return result;
}

async function claim(campaign: ActiveCampaign, workerId: string, max: number, afterSeq: number, sql: Sql) {
  const { workspaceId, id: campaignId, senderId } = campaign;
  const request = { workspaceId, campaignId, senderId, workerId, max, carried: 0, afterSeq, catchUpMs: 300 };
  for (;;) {
    const { recipients } = await claimRecipients(request, sql);
    if (recipients.length === max) return recipients;
    if (recipients.length > 0) throw new Error(`${recipients.length} of ${max} were claimed.`);
  }
}

/** The part of a settlement that counts, on its own. */
async function count({ workspaceId, id }: ActiveCampaign, batch: number, sql: Sql): Promise<void> {
  await sql`
    WITH changes AS (
      SELECT ${workspaceId}::uuid AS workspace_id, ${id}::uuid AS campaign_id, NULL::smallint AS variant,
        'pending'::recipient_status AS old_status, 'sent'::recipient_status AS new_status
      FROM generate_series(1, ${batch}::int)
    ), ${sql.unsafe(countChanges())}
    SELECT count(*) FROM counted`;
}

async function spentOn(sql: Sql, work: () => Promise<void>): Promise<Spent> {
  const look = async () => {
    const [row] = await sql<{ pid: number; wal: string }[]>`
      SELECT pg_backend_pid() AS pid, pg_current_wal_insert_lsn() - '0/0' AS wal`;
    if (!row) throw new Error('no backend');
    return { cpu: cpuSecondsOf(row.pid), wal: Number(row.wal), at: performance.now() };
  };
  const before = await look();
  await work();
  const after = await look();
  return {
    cpuSeconds: after.cpu - before.cpu,
    seconds: (after.at - before.at) / 1000,
    walBytes: after.wal - before.wal,
  };
}

async function fill({ workspaceId, id }: ActiveCampaign, count: number): Promise<void> {
  await database().sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells)
    SELECT ${workspaceId}, ${id}, uuidv7(), '+1' || (2000000000 + n), 1, jsonb_build_array('+1' || (2000000000 + n), 'Ana')
    FROM generate_series(1, ${count}::int) n`;
}

function write(rows: ResultRow[], postgres: string): void {
  const parts = process.env.HERALD_TEST_PARTITIONS;
  const section = parts ? `Statements, in ${parts} partitions` : 'Statements';
  const command = `${parts ? `HERALD_TEST_PARTITIONS=${parts} ` : ''}npm run bench:statements -- --write`;
  writeResults(section, rows, {
    command,
    postgres,
    notes: [
      `One connection, one statement after another, each batch committed to disk; ${BYSTANDERS.toLocaleString('en')} rows of another workspace beside them.`,
      'CPU is the time of the backend alone, from /proc: without the WAL writer, the checkpointer, vacuum and the kernel work behind a sync.',
    ],
  });
}
