import { log } from '@/lib/log';
import { databaseWithinMs } from '@/lib/time-limit';

export interface Loop {
  /** Runs the work soon instead of after the pause. */
  wake: () => void;
  /** No further round starts; resolves when the one under way is over. */
  stop: () => Promise<void>;
}

const MAX_BACKOFF_MS = 2000;

/** Beyond this a statement is taken for lost: its backend may be frozen. The next try gets another connection. */
const DATABASE_LIMIT_MS = 10_000;

/** Waits for a statement, but not for ever. Its late result is dropped, so it must be harmless to repeat. */
export function answered<T>(work: Promise<T>): Promise<T> {
  return databaseWithinMs(DATABASE_LIMIT_MS, work);
}

/**
 * Repeats `work`, never two at once. `work` may return the pause before the next round, ms; a failure is
 * logged and tried again after a growing pause, because a database that is away comes back.
 */
export function every(pauseMs: number, work: () => Promise<number | void>, name: string): Loop {
  let stopped = false;
  let woken = false;
  let failures = 0;
  let interrupt: (() => void) | undefined;

  async function round(): Promise<number> {
    try {
      const next = (await work()) ?? pauseMs;
      failures = 0;
      return next;
    } catch (error) {
      failures += 1;
      log.error({ err: error, loop: name, failures }, 'a round failed; trying again');
      return Math.max(pauseMs, Math.min(MAX_BACKOFF_MS, 100 * 2 ** Math.min(failures, 10)));
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false;
      const pause = await round();
      if (!stopped && !woken) await sleep(pause);
    }
  }

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const running = run();
  return {
    wake: () => {
      woken = true;
      interrupt?.();
    },
    stop: async () => {
      stopped = true;
      interrupt?.();
      await running;
    },
  };
}
