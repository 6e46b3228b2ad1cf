import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { tryToConnect } from './postgres-account';
import { type PostgresProgram, postgresEnvironment } from './postgres-program';
import { poll, StartError } from './steps';

/** A crash recovery after a hard kill may take minutes on a big database; ms. */
const START_DEADLINE_MS = 10 * 60_000;
const STOP_DEADLINE_MS = 30_000;
const LOG_LIMIT_BYTES = 10_000_000;

export interface ServerPlace {
  program: PostgresProgram;
  /** The cluster's folder. */
  cluster: string;
  port: number;
  adminUrl: string;
  /** PostgreSQL settings over our own. */
  overrides?: Record<string, string | number> | undefined;
}

function serverFlags({ port, overrides }: ServerPlace): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: 100,
    shared_buffers: '128MB',
    synchronous_commit: 'on',
    random_page_cost: 1.1,
    jit: 'off',
    max_wal_size: '2GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    // No statement and no row value (a phone number, say) gets into the log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
  return Object.entries({ ...settings, ...overrides }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Starts the server and waits until it answers. Throws StartError with the reason its log gives. */
export async function launchServer(place: ServerPlace): Promise<ChildProcess> {
  const { program, cluster, adminUrl } = place;
  const logFile = path.join(path.dirname(cluster), 'postgres.log');
  const log = openLog(logFile);
  const logStart = statSync(logFile).size;
  const { file, args, options } = program.command(program.postgres, ['-D', cluster, ...serverFlags(place)]);
  // A session of its own: Ctrl-C in the terminal must not stop the database under the processes using it.
  const server = spawn(file, args, {
    ...options,
    env: postgresEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let ended: string | undefined;
  server.once('exit', (code, signal) => (ended = `exit ${code ?? signal}`));
  server.once('error', (error) => (ended = error.message));
  try {
    const ask = async () => (ended === undefined ? await tryToConnect(adminUrl) : false);
    if (await poll(ask, { everyMs: 50, forMs: START_DEADLINE_MS })) return server;
  } catch (error) {
    ended = error instanceof Error ? error.message : String(error);
  }
  await stopServer(server);
  const reason = reasonIn(readFileSync(logFile).subarray(logStart).toString());
  throw new StartError(
    `The embedded database did not start (${ended ?? 'it did not answer'})${reason}. Its log is ${logFile}`,
  );
}

function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) truncateSync(file);
  const log = openSync(file, 'a', 0o600);
  chmodSync(file, 0o600);
  return log;
}

function reasonIn(log: string): string {
  const line = log.split('\n').findLast((text) => /FATAL|PANIC|ERROR|error/.test(text));
  return line ? `: ${line.replace(/^.*?\] /, '').replace(/\.$/, '')}` : '';
}

/** Fast shutdown (clients are cut off, data is flushed), then less and less patience. */
export async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = new Promise((resolve) => server.once('exit', resolve));
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    server.kill(signal);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, STOP_DEADLINE_MS, 'late')));
    const result = await Promise.race([exited, late]);
    clearTimeout(timer);
    if (result !== 'late') return;
  }
}
