import { randomBytes } from 'node:crypto';
import { migrateForTests } from './partitions';
import { asAdmin } from './postgres';

/**
 * A migrated database of the calling test file's own, for what looks at all rows of a table (workers, plans).
 * Sets DATABASE_URL, so it must be called before the first use of `database()`. Goes with the test server.
 */
export async function useFreshDatabase(): Promise<void> {
  const url = new URL(process.env.DATABASE_URL ?? '');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name} OWNER ${url.username}`);
  url.pathname = `/${name}`;
  await migrateForTests(url.href);
  process.env.DATABASE_URL = url.href;
}
