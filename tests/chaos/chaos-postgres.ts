import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeDataFolder } from '@/scripts/product/data-folder';
import { type EmbeddedPostgres, startPostgres } from '@/scripts/product/postgres';

/** A PostgreSQL of a fault's own, started and kept running as `npm start` does it, that may be broken. */
export async function startOwnPostgres(
  settings: Record<string, string | number>,
  place?: string,
): Promise<EmbeddedPostgres & { directory: string }> {
  const directory = await mkdtemp(path.join(place ?? tmpdir(), 'herald-chaos-'));
  makeDataFolder(directory);
  // fsync off: a killed process loses nothing by it, only a machine without power does.
  const server = await startPostgres(directory, { fsync: 'off', max_connections: 100, ...settings });
  process.env.ADMIN_DATABASE_URL = server.adminUrl;
  process.env.DATABASE_URL = server.url;
  return {
    ...server,
    directory,
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
