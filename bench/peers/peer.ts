import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { database } from '@/db/client';
import type { Herd, LedgerSummary } from '@/tests/support/herd';
import { LONGEST_RUN_MS, type Order, type Run } from './contestant';
import { databaseWork, workBetween } from '../database-work';
import type { Program } from './programs';
import { faultOf } from './witness';

/** The number all peers send from, made once. */
export interface PeerNumber {
  phone_number_id: string;
  access_token: string;
}

const lineSchema = z.object({
  peer: z.string(),
  version: z.string(),
  recipients: z.number(),
  seconds: z.number(),
  per_second: z.number(),
  cpu_seconds: z.number(),
  peak_rss_mb: z.number(),
});

/** One peer over freshly stored recipients: enqueue, which is not timed, then send. */
export async function runPeer(
  herd: Herd,
  program: Program,
  number: PeerNumber,
  order: Order,
  env: Record<string, string>,
): Promise<Run> {
  await storeRecipients(order.recipients);
  await herd.sandbox('DELETE', `/ledger?phone_number_id=${number.phone_number_id}`);
  const settings = { ...process.env, ...env, ...program.env, ...settingsFor(number, order) };
  await runProgram(program, 'enqueue', settings);
  await database().sql`ANALYZE bench_recipients`;
  const before = await databaseWork();
  const line = lineSchema.parse(JSON.parse(await runProgram(program, 'send', settings)));
  const work = workBetween(before, await databaseWork());
  const seen = (await herd.sandbox(
    'GET',
    `/ledger?phone_number_id=${number.phone_number_id}&summary=1`,
  )) as LedgerSummary;
  const stored = program.stores ? await storedResults() : null;
  return {
    peer: line.peer,
    version: line.version,
    recipients: line.recipients,
    seconds: line.seconds,
    cpuSeconds: line.cpu_seconds,
    peakMb: line.peak_rss_mb,
    database: program.stores ? work : null,
    fault: faultOf(seen, stored, order.recipients),
  };
}

function settingsFor(number: PeerNumber, order: Order): Record<string, string> {
  return {
    SANDBOX_URL: `http://127.0.0.1:${process.env.SANDBOX_PORT}/v25.0`,
    PHONE_NUMBER_ID: number.phone_number_id,
    ACCESS_TOKEN: number.access_token,
    RECIPIENTS: String(order.recipients),
    CONCURRENCY: String(order.concurrency),
    NODE_ENV: 'production',
  };
}

/** What it printed on stdout. Rejects when it fails, or is not done in time. */
async function runProgram(program: Program, phase: string, env: NodeJS.ProcessEnv): Promise<string> {
  const [file = '', ...args] = program.command;
  const child = spawn(file, [...args, phase], {
    cwd: program.folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const late = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS);
  const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  clearTimeout(late);
  if (child.signalCode === 'SIGKILL') throw new Error(`${program.name} was not done in time`);
  if (child.exitCode !== 0) throw new Error(`${program.name} ended with exit code ${child.exitCode}`);
  return printed;
}

/** The rows that Herald's campaign has too, in a table as plain as a team would make it. */
async function storeRecipients(count: number): Promise<void> {
  const { sql } = database();
  await sql`DROP TABLE IF EXISTS bench_recipients, bench_counter`;
  await sql`DROP SCHEMA IF EXISTS bench_pgboss CASCADE`;
  await sql`DROP SCHEMA IF EXISTS bench_graphile CASCADE`;
  await sql`CREATE TABLE bench_recipients (
    id bigint PRIMARY KEY, phone text NOT NULL, wamid text, accepted_at timestamptz)`;
  await sql`CREATE TABLE bench_counter (sent bigint NOT NULL)`;
  await sql`INSERT INTO bench_counter VALUES (0)`;
  await sql`
    INSERT INTO bench_recipients (id, phone)
    SELECT i + 1, '+1' || (2020000000 + i::bigint * 10000 + 9000) FROM generate_series(0, ${count}::int - 1) i`;
}

async function storedResults(): Promise<number> {
  const [row] = await database().sql<{ count: number }[]>`
    SELECT count(DISTINCT wamid)::int AS count FROM bench_recipients WHERE accepted_at IS NOT NULL`;
  return row?.count ?? 0;
}
