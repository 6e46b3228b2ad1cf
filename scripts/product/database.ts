import postgres from 'postgres';
import { migrate } from '@/db/migrate';
import { codeOf } from './data-folder';
import { StartError } from './steps';

/** PostgreSQL 15. */
const OLDEST_VERSION = 150_000;

/** Makes sure that DATABASE_URL is a PostgreSQL we can use. Throws StartError saying what is wrong. */
export async function checkDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    const [row] = await sql<
      { version: number }[]
    >`SELECT current_setting('server_version_num')::int AS version`;
    if (!row || row.version < OLDEST_VERSION) {
      throw new StartError('DATABASE_URL: Herald needs PostgreSQL 15 or newer; this server is older.');
    }
  } catch (error) {
    throw error instanceof StartError ? error : new StartError(explainDatabase(url, error));
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Brings the schema up to date, or says in one sentence why not. */
export async function migrateDatabase(url: string): Promise<void> {
  try {
    await migrate(url);
  } catch (error) {
    throw new StartError(`The schema could not be brought up to date: ${reasonOf(error)}.`, { cause: error });
  }
}

function explainDatabase(url: string, error: unknown): string {
  const { host, username, pathname } = new URL(url);
  const code = codeOf(error);
  if (code.startsWith('28'))
    return `DATABASE_URL: the server at ${host} refused the sign-in of "${username}".`;
  if (code === '3D000')
    return `DATABASE_URL: there is no database "${pathname.slice(1)}" at ${host}: create it.`;
  return `DATABASE_URL: no PostgreSQL answers at ${host} (${reasonOf(error)}): start it, or correct the address.`;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const message = cause instanceof Error ? cause.message : '';
  return (message || codeOf(cause)).replace(/\.$/, '');
}
