import { type Child, runChild } from './children';
import { checkDatabase, migrateDatabase } from './database';
import { claimDataFolder, releaseDataFolder, updateRunning } from './data-folder';
import { checkPort } from './ports';
import { startPostgres } from './postgres';
import { type ProcessName, readSettings, writeSettings } from './settings';
import { poll, StartError, step } from './steps';
import type { Env } from '@/lib/env';

const HEALTH_DEADLINE_MS = 120_000;
/** What a process may see of our environment besides the settings. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'TZ',
  'TERM',
  'TMPDIR',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
];

export interface ProductOptions {
  /** Runs the sources instead of a build. */
  dev?: boolean;
  /** A file descriptor for what the processes print; ours unless given. */
  output?: number;
  /** Runs between migrating and starting the processes. */
  prepare?: (signal: AbortSignal) => Promise<void>;
}

export interface Product {
  env: Env;
  url: string;
  children: Partial<Record<ProcessName, Child>>;
}

/** What must be undone, in reverse, however far the start came. */
export class Ending {
  private readonly steps: (() => Promise<void> | void)[] = [];
  private running: Promise<void> | undefined;
  private readonly controller = new AbortController();
  readonly signal = this.controller.signal;

  add(undo: () => Promise<void> | void): void {
    this.steps.push(undo);
  }

  /** Undoes everything, once, however often it is asked for. */
  run(): Promise<void> {
    this.controller.abort();
    return (this.running ??= this.undo());
  }

  private async undo(): Promise<void> {
    for (let undo = this.steps.pop(); undo; undo = this.steps.pop()) await undo();
  }
}

/** Starts database, processes and all, and resolves when the health check is ok. */
export async function startProduct(ending: Ending, options: ProductOptions = {}): Promise<Product> {
  const env = readSettings();
  if (env.databaseUrl === undefined) {
    claimDataFolder(env.dataDir);
    ending.add(() => releaseDataFolder(env.dataDir));
  }
  await checkPort('PORT', env.port, env.host);
  if (env.sandbox) await checkPort('SANDBOX_PORT', env.sandboxPort, '127.0.0.1');

  const databaseUrl = await openDatabase(env, ending);
  ending.signal.throwIfAborted();
  await step('Bringing the schema up to date', () => migrateDatabase(databaseUrl));
  ending.signal.throwIfAborted();
  await options.prepare?.(ending.signal);
  ending.signal.throwIfAborted();

  const settings = { ...env, databaseUrl };
  const children = startProcesses(settings, ending, options);
  const url = visitableUrl(env);
  await step(`Starting ${Object.keys(children).join(', ')}`, () => waitUntilHealthy(url, children, ending));
  for (const child of Object.values(children)) child.settle();
  if (env.databaseUrl === undefined) updateRunning(env.dataDir, { url, processes: pidsOf(children) });
  return { env: settings, url, children };
}

async function openDatabase(env: Env, ending: Ending): Promise<string> {
  if (env.databaseUrl !== undefined) {
    const url = env.databaseUrl;
    await step('Reaching the database', () => checkDatabase(url));
    return url;
  }
  const database = await step('Starting the embedded database', () => startPostgres(env.dataDir));
  ending.add(() => database.stop());
  updateRunning(env.dataDir, { databaseUrl: database.url });
  return database.url;
}

function startProcesses(
  env: Env,
  ending: Ending,
  { dev, output }: ProductOptions,
): Partial<Record<ProcessName, Child>> {
  const base = Object.fromEntries(
    PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']])),
  );
  const names: ProcessName[] = env.sandbox ? ['sandbox', 'worker', 'web'] : ['worker', 'web'];
  const children: Partial<Record<ProcessName, Child>> = {};
  for (const name of names) {
    const child = runChild({
      name,
      env: { ...base, ...writeSettings(env), NEXT_TELEMETRY_DISABLED: '1' },
      ...(dev === undefined ? {} : { dev }),
      ...(output === undefined ? {} : { output }),
    });
    children[name] = child;
  }
  // Together: each may need its full time to finish what is under way.
  ending.add(async () => {
    await Promise.all(Object.values(children).map((child) => child.stop()));
  });
  return children;
}

/** Where this machine reaches the web process, whatever its public address. */
function visitableUrl(env: Env): string {
  const host = env.host === '0.0.0.0' || env.host === '::' ? '127.0.0.1' : env.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${env.port}`;
}

function pidsOf(children: Partial<Record<ProcessName, Child>>): Record<string, number> {
  return Object.fromEntries(Object.entries(children).map(([name, child]) => [name, child.pid() ?? 0]));
}

async function waitUntilHealthy(
  url: string,
  children: Partial<Record<ProcessName, Child>>,
  ending: Ending,
): Promise<void> {
  let answer = 'no answer';
  let failure: string | undefined;
  for (const child of Object.values(children)) void child.failed.then((reason) => (failure = reason));
  const ask = async (): Promise<true | undefined> => {
    ending.signal.throwIfAborted();
    if (failure !== undefined) throw new StartError(failure);
    try {
      const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5000) });
      answer = await response.text();
      const health = JSON.parse(answer) as { status?: string; workers?: number };
      return response.ok && health.status === 'ok' && (health.workers ?? 0) > 0 ? true : undefined;
    } catch {
      return undefined;
    }
  };
  if (await poll(ask, { everyMs: 100, forMs: HEALTH_DEADLINE_MS })) return;
  throw new StartError(
    `${url}/api/health did not become ok within ${HEALTH_DEADLINE_MS / 1000} s: ${answer.slice(0, 300)}`,
  );
}
