import { setTimeout as sleep } from 'node:timers/promises';
import { database } from '@/db/client';
import { cpuSecondsOfTree, parentOf } from './process-usage';

/** A backend reports its statistics at most once a second. */
const STATISTICS_MS = 1_200;

export interface DatabaseWork {
  transactions: number;
  walBytes: number;
  cpuSeconds: number;
}

/** What the server has done so far; the difference of two is what was done between. */
export async function databaseWork(): Promise<DatabaseWork> {
  await sleep(STATISTICS_MS);
  const { sql } = database();
  await sql`SELECT pg_stat_force_next_flush()`;
  const [row] = await sql<{ pid: number; transactions: number; walBytes: number }[]>`
    SELECT pg_backend_pid() AS pid, xact_commit::float8 AS transactions,
      pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS "walBytes"
    FROM pg_stat_database WHERE datname = current_database()`;
  if (!row) throw new Error('the database says nothing of itself');
  const { pid, transactions, walBytes } = row;
  return { transactions, walBytes, cpuSeconds: cpuSecondsOfTree(parentOf(pid)) };
}

export function workBetween(before: DatabaseWork, after: DatabaseWork): DatabaseWork {
  return {
    transactions: after.transactions - before.transactions,
    walBytes: after.walBytes - before.walBytes,
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
  };
}

export async function postgresVersion(): Promise<string> {
  const [row] = await database().sql<{ version: string }[]>`SHOW server_version`.values();
  return String(row?.[0] ?? '').split(' ')[0] ?? '';
}
