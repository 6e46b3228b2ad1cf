import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SETTING_NAMES } from '@/lib/env';
import { findFreePort } from '@/scripts/product/ports';

const READY_DEADLINE_MS = 240_000;

export interface Place {
  dataDir: string;
  port: number;
  sandboxPort: number;
}

/** A data folder and ports of the test's own. */
export async function makePlace(): Promise<Place & { remove: () => Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'herald-product-'));
  const [port, sandboxPort] = [await findFreePort(), await findFreePort()];
  return { dataDir, port, sandboxPort, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

/** The environment of a product in that place: nothing of this machine's settings or `.env` gets in. */
export function productEnvironment(place: Place, settings: Record<string, string> = {}): NodeJS.ProcessEnv {
  const blank = Object.fromEntries(SETTING_NAMES.map((name) => [name, '']));
  const own = { PORT: String(place.port), SANDBOX_PORT: String(place.sandboxPort), DATA_DIR: place.dataDir };
  return {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ...blank,
    ...own,
    ...settings,
  };
}

/** One of our scripts, running; what it prints is kept. */
export class RunningScript {
  output = '';
  readonly exited: Promise<number | NodeJS.Signals>;
  private readonly child: ChildProcess;

  /** `script`: a file for Node with its arguments, or `npm start`: what a person types. */
  constructor(script: string, environment: NodeJS.ProcessEnv) {
    const words = script.split(' ');
    const [program = '', ...args] = words[0] === 'npm' ? words : [process.execPath, ...words];
    this.child = spawn(program, args, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const keep = (chunk: Buffer) => (this.output += chunk.toString());
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
    this.exited = new Promise((resolve) => {
      this.child.once('close', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'));
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when this stands in the output; rejects with the output when it ends or takes too long. */
  async until(text: string, deadlineMs = READY_DEADLINE_MS): Promise<void> {
    const deadline = performance.now() + deadlineMs;
    let ended = false;
    void this.exited.then(() => (ended = true));
    while (!this.output.includes(text)) {
      if (ended || performance.now() > deadline) throw new Error(`No "${text}" in:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** To the whole process group, as a terminal does: npm gets it, and what npm runs gets it too. */
  signalGroup(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      // The first signal was enough.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** SIGTERM, and its exit code. */
  async stop(): Promise<number | NodeJS.Signals> {
    this.signal('SIGTERM');
    return this.exited;
  }
}

/** `npm start` in that place, healthy. */
export async function startProduct(
  place: Place,
  settings: Record<string, string> = {},
): Promise<RunningScript> {
  const script = new RunningScript('scripts/start.mjs', productEnvironment(place, settings));
  await script.until('Herald is ready at');
  return script;
}

/** The process ids of a running product: its start script, its processes and its database. */
export function pidsOf(place: Place): Record<string, number> {
  const running = JSON.parse(readFileSync(path.join(place.dataDir, 'running.json'), 'utf8')) as {
    pid: number;
    processes: Record<string, number>;
  };
  const postmaster = readFileSync(path.join(place.dataDir, 'postgres/postmaster.pid'), 'utf8');
  return { start: running.pid, ...running.processes, postgres: Number(postmaster.split('\n')[0]) };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}
