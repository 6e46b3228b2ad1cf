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
  /** Opens a file for what the processes print; they print where we do unless given. */
  output?: () => number;
  /** Runs between migrating and starting the processes. */
  prepare?: (signal: AbortSignal) => Promise<void>;
}

export type Children = Partial<Record<ProcessName, Child>>;

export interface Product {
  env: Env;
  url: string;
  children: Children;
}

/** What must be undone, in reverse, however far the start came; and the wish to end, which the start looks for. */
export class Ending {
  private readonly steps: (() => Promise<void> | void)[] = [];
  private readonly lastWords: (() => void)[] = [];
  private readonly controller = new AbortController();
  readonly signal = this.controller.signal;

  add(undo: () => Promise<void> | void): void {
    this.steps.push(undo);
  }

  /** What must happen even when there is no time for anything else; it cannot wait for an answer. */
  addLastWord(say: () => void): void {
    this.lastWords.push(say);
  }

  /** Before an exit that waits for nothing. */
  cutShort(): void {
    for (const say of this.lastWords) say();
  }

  ask(): void {
    this.controller.abort();
  }

  /** Undoes everything; one thing that cannot be undone does not keep the rest. */
  async run(): Promise<void> {
    const errors: unknown[] = [];
    for (let undo = this.steps.pop(); undo; undo = this.steps.pop()) {
      try {
        await undo();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
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
  console.log(`Starting ${Object.keys(children).join(', ')} …`);
  await waitUntilHealthy(url, children, ending);
  for (const child of Object.values(children)) child.settle();
  if (env.databaseUrl === undefined) updateRunning(env.dataDir, { url });
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
  ending.addLastWord(() => database.interrupt());
  updateRunning(env.dataDir, { databaseUrl: database.url });
  return database.url;
}

function startProcesses(env: Env, ending: Ending, options: ProductOptions): Children {
  const output = options.output?.();
  const base = Object.fromEntries(
    PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']])),
  );
  const names: ProcessName[] = env.sandbox ? ['sandbox', 'worker', 'web'] : ['worker', 'web'];
  const children: Children = {};
  const pids: Record<string, number> = {};
  for (const name of names) {
    children[name] = runChild({
      name,
      onStart: (pid) => {
        pids[name] = pid;
        updateRunning(env.dataDir, { processes: pids });
      },
      env: { ...base, ...writeSettings(env), NEXT_TELEMETRY_DISABLED: '1' },
      ...(options.dev === undefined ? {} : { dev: options.dev }),
      ...(output === undefined ? {} : { output }),
    });
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

async function waitUntilHealthy(url: string, children: Children, ending: Ending): Promise<void> {
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
