import { type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { keepSecret } from './data-folder';
import { findFreePort } from './ports';
import { createApplicationDatabase } from './postgres-account';
import { makeCluster } from './postgres-cluster';
import { stopLeftover } from './postgres-leftover';
import { findPostgres } from './postgres-program';
import { launchServer, type ServerPlace, stopServer } from './postgres-server';
import { StartError } from './steps';

/** Another program may take the port first, or a killed server's last processes may still hold its memory. */
const LAUNCH_TRIES = 5;
const RELAUNCH_PAUSE_MS = 2000;

export interface EmbeddedPostgres {
  /** For the application's own account. */
  url: string;
  /** For the superuser. */
  adminUrl: string;
  pid: () => number | undefined;
  stop: () => Promise<void>;
  /** Tells it to stop, without waiting: for an exit that cannot. */
  interrupt: () => void;
}

/**
 * Starts the PostgreSQL kept in DATA_DIR/postgres, making it on first use, and keeps it running: when it dies
 * by itself it is started again on the same port. Whoever calls holds the data folder. `overrides` are settings
 * of PostgreSQL (the tests' throw-away server needs no fsync).
 */
export async function startPostgres(
  dataDir: string,
  overrides?: Record<string, string | number>,
): Promise<EmbeddedPostgres> {
  const program = await findPostgres(dataDir);
  const cluster = path.join(dataDir, 'postgres');
  const adminPassword = keepSecret(dataDir, 'postgres-admin-password', makePassword);
  const password = keepSecret(dataDir, 'postgres-password', makePassword);
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) await makeCluster(program, cluster, adminPassword);
  await stopLeftover(cluster);
  const { server, place } = await launchOnFreePort(async () => {
    const port = await findFreePort();
    return {
      program,
      cluster,
      port,
      adminUrl: `postgres://postgres:${adminPassword}@127.0.0.1:${port}/postgres`,
      overrides,
    };
  });
  const keeper = keepRunning(server, place);
  try {
    await createApplicationDatabase(place.adminUrl, password);
  } catch (error) {
    await keeper.stop();
    throw error;
  }
  return {
    ...keeper,
    adminUrl: place.adminUrl,
    url: `postgres://herald:${password}@127.0.0.1:${place.port}/herald`,
  };
}

async function launchOnFreePort(
  findPlace: () => Promise<ServerPlace>,
): Promise<{ server: ChildProcess; place: ServerPlace }> {
  for (let tries = 1; ; tries += 1) {
    const place = await findPlace();
    try {
      return { server: await launchServer(place), place };
    } catch (error) {
      if (tries === LAUNCH_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** Watches the server, and launches it again when it ends unasked. */
function keepRunning(
  first: ChildProcess,
  place: ServerPlace,
): Pick<EmbeddedPostgres, 'pid' | 'stop' | 'interrupt'> {
  let server = first;
  let stopping = false;
  const watch = () => {
    if (server.exitCode !== null || server.signalCode !== null) void relaunch();
    else server.once('exit', () => void relaunch());
  };
  async function relaunch(): Promise<void> {
    if (stopping) return;
    console.error('The embedded database stopped by itself: starting it again.');
    try {
      server = await launchServer(place);
      if (stopping) await stopServer(server);
      else watch();
    } catch (error) {
      console.error(error instanceof StartError ? error.message : error);
      setTimeout(() => void relaunch(), RELAUNCH_PAUSE_MS).unref();
    }
  }
  watch();
  return {
    pid: () => server.pid,
    stop: async () => {
      stopping = true;
      await stopServer(server);
    },
    interrupt: () => {
      stopping = true;
      server.kill('SIGINT');
    },
  };
}

function makePassword(): string {
  return randomBytes(24).toString('base64url');
}
