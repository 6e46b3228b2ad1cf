import { gt, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { workers } from '@/db/schema/engine';
import { databaseErrorCode } from '@/lib/database-error-code';
import { databaseSilent } from '@/lib/http/database-errors';
import { withinMs } from '@/lib/time-limit';
import { version } from './version';

export interface Health {
  status: 'ok' | 'unavailable';
  database: 'ok' | 'unreachable' | 'not_migrated';
  /** Processes whose lease is running; null when the database cannot say. */
  workers: number | null;
  version: string;
  /** What is wrong and what to do. */
  message?: string;
}

const undefinedTable = '42P01';
const timeoutMs = 3_000;

/** Whether this process can work: it asks the database, and does not wait for one that does not answer. */
export async function checkHealth(db: Db = database().db): Promise<Health> {
  try {
    const alive = await withinMs(
      timeoutMs,
      db.$count(workers, gt(workers.leaseUntil, sql`now()`)),
      databaseSilent,
    );
    return { status: 'ok', database: 'ok', workers: alive, version };
  } catch (error) {
    const isEmpty = databaseErrorCode(error) === undefinedTable;
    return {
      status: 'unavailable',
      database: isEmpty ? 'not_migrated' : 'unreachable',
      workers: null,
      version,
      message: isEmpty
        ? 'The database has no tables yet; run npm run db:migrate.'
        : 'The database does not answer; check that it runs and that DATABASE_URL is right.',
    };
  }
}
