import { type ChildProcess, spawn } from 'node:child_process';
import type { ProcessName } from './settings';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A process that ran this long was healthy: its next end is a new story. */
const HEALTHY_AFTER_MS = 60_000;
/** Longer than the 10 s a worker may take to finish what is under way. */
const STOP_DEADLINE_MS = 15_000;

/**
 * How Node runs what was built; package.json's scripts say the same. Left alone, V8 lets a worker at full speed or the
 * import of a long list keep garbage that it does not need. Next's pages are built with the sources' own names.
 */
const NODE_FLAGS: Record<ProcessName, string[]> = {
  web: ['--max-old-space-size=1024', '--max-semi-space-size=8'],
  worker: ['--enable-source-maps', '--max-old-space-size=512'],
  sandbox: ['--enable-source-maps'],
  migrate: ['--enable-source-maps'],
};

export function nodeFlagsFor(name: ProcessName): string[] {
  return NODE_FLAGS[name];
}

export interface ChildOptions {
  name: ProcessName;
  env: Record<string, string>;
  /** Runs the sources instead of what was built. */
  dev?: boolean;
  /** A file descriptor for what it prints; ours unless given. */
  output?: number;
  /** Called with each new process's id. */
  onStart: (pid: number) => void;
}

export interface Child {
  pid: () => number | undefined;
  /** Resolves when the process ends before `settle` was called: then it is not started again. */
  failed: Promise<string>;
  /** From now on it is started again, with growing pauses, whenever it ends. */
  settle: () => void;
  /** Ends it and starts it again at once (watch mode). */
  restart: () => void;
  stop: () => Promise<void>;
}

function launch({ name, env, dev = false, output }: ChildOptions): ChildProcess {
  const flags = dev ? ['--import', 'tsx'] : nodeFlagsFor(name);
  const shown = output ?? 'inherit';
  // A session of its own, so that Ctrl-C reaches it through us, in order; the channel tells it when we are gone.
  return spawn(process.execPath, [...flags, 'scripts/run.mjs', name, ...(dev ? ['--dev'] : [])], {
    env: { NODE_ENV: dev ? 'development' : 'production', ...env, HERALD_SUPERVISED: '1' },
    detached: true,
    stdio: ['ignore', shown, shown, 'ipc'],
  });
}

/** Runs one of the product's processes and keeps it running. */
export function runChild(options: ChildOptions): Child {
  let child: ChildProcess;
  let state: 'starting' | 'settled' | 'stopping' = 'starting';
  let pauseMs = FIRST_PAUSE_MS;
  let isRestart = false;
  let timer: NodeJS.Timeout | undefined;
  let reportFailure: (reason: string) => void = () => undefined;
  const failed = new Promise<string>((resolve) => (reportFailure = resolve));

  function begin(): void {
    const startedAt = performance.now();
    child = launch(options);
    if (child.pid !== undefined) options.onStart(child.pid);
    child.once('exit', (code, signal) => {
      if (state === 'stopping') return;
      const how = signal ? `signal ${signal}` : `exit code ${code ?? 'unknown'}`;
      if (state === 'starting') {
        reportFailure(`The ${options.name} process ended before it was ready (${how}).`);
        return;
      }
      if (isRestart) {
        isRestart = false;
        begin();
        return;
      }
      if (performance.now() - startedAt > HEALTHY_AFTER_MS) pauseMs = FIRST_PAUSE_MS;
      console.error(`The ${options.name} process ended (${how}): starting it again in ${pauseMs / 1000} s.`);
      timer = setTimeout(begin, pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
    child.once('error', (error) =>
      reportFailure(`The ${options.name} process did not start: ${error.message}`),
    );
  }
  begin();

  return {
    pid: () => child.pid,
    failed,
    settle: () => {
      state = 'settled';
    },
    restart: () => {
      isRestart = true;
      child.kill('SIGTERM');
    },
    stop: async () => {
      state = 'stopping';
      clearTimeout(timer);
      await endProcess(child);
    },
  };
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(deadline);
}
