import { SettingsError } from '@/lib/env';
import { buildIfChanged } from './build';
import { Ending, startProduct } from './product';
import { StartError } from './steps';

/** Runs `work` until it ends or a signal comes, then undoes everything in order and ends the process. */
export async function runUntilStopped(work: (ending: Ending) => Promise<void>): Promise<never> {
  const ending = new Ending();
  let signalled = false;
  const stop = () => {
    if (signalled) return;
    signalled = true;
    process.stdout.write('\nStopping …\n');
    void ending.run().then(() => process.exit(0), endBadly);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  try {
    await work(ending);
    await ending.run();
  } catch (error) {
    // A signal in the middle of the start aborts it: that is no failure.
    if (signalled) return new Promise<never>(() => undefined);
    explain(error);
    await ending.run().catch(explain);
    process.exit(1);
  }
  process.exit(0);
}

function endBadly(error: unknown): never {
  explain(error);
  process.exit(1);
}

function explain(error: unknown): void {
  console.error(error instanceof StartError || error instanceof SettingsError ? error.message : error);
}

/** Resolves when everything is being stopped. */
export function untilStopped(ending: Ending): Promise<void> {
  return new Promise((resolve) => ending.signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** npm start. */
export async function runStart(): Promise<void> {
  const startedAt = performance.now();
  await runUntilStopped(async (ending) => {
    const { url } = await startProduct(ending, { prepare: buildIfChanged });
    console.log(
      `\nHerald is ready at ${url} (${((performance.now() - startedAt) / 1000).toFixed(1)} s). Ctrl-C stops it.\n`,
    );
    await untilStopped(ending);
  });
}
