import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { EVERY_WORKSPACE, WORKSPACE_SETTING } from './tenant';

/** Any number that no other program uses for an advisory lock in this database. */
const LOCK = 7_240_113_505;

/**
 * Brings the schema up to date. Safe to run twice, and by two processes at once: the second waits for the
 * first and then finds nothing to do.
 */
export async function migrate(url: string, folder = 'db/migrations'): Promise<void> {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connect_timeout: 5,
    // A migration that changes rows would else see none.
    connection: { application_name: 'herald-migrate', [WORKSPACE_SETTING]: EVERY_WORKSPACE },
  });
  try {
    await sql`SELECT pg_advisory_lock(${LOCK})`;
    await runMigrations(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
