import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { makeDataFolder } from '@/scripts/product/data-folder';
import { startPostgres } from '@/scripts/product/postgres';
import { migrateForTests } from './partitions';

/** Runs statements as the test server's superuser, one after another. */
export async function asAdmin(...statements: string[]): Promise<void> {
  const sql = postgres(process.env.ADMIN_DATABASE_URL ?? '', { max: 1, onnotice: () => undefined });
  try {
    for (const statement of statements) await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

/**
 * Starts a throw-away PostgreSQL for the database tests, the way `npm start` starts its own, and migrates it;
 * returns its own end. DATABASE_URL is the address of an ordinary account that owns the tables, as in
 * production: row-level security does not bind a superuser, so tests that ran as one would never touch the
 * wall. ADMIN_DATABASE_URL is the superuser's.
 */
export default function setup(): Promise<() => Promise<void>> {
  return startTestPostgres({ fsync: 'off' });
}

/** The same with other settings: a measurement wants everything on disk, as in production. */
export async function startTestPostgres(settings: Record<string, string> = {}): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(tmpdir(), 'herald-test-'));
  makeDataFolder(directory);
  const server = await startPostgres(directory, { max_connections: '200', ...settings });
  process.env.ADMIN_DATABASE_URL = server.adminUrl;
  process.env.DATABASE_URL = server.url;
  await migrateForTests(server.url);
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
