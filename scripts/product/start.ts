import { SettingsError } from '@/lib/env';
import { buildIfChanged } from './build';
import { Ending, startProduct } from './product';
import { StartError } from './steps';

/** Runs `work` until it ends or a signal comes, then undoes everything in order and ends the process. */
export async function runUntilStopped(work: (ending: Ending) => Promise<void>): Promise<never> {
  const ending = new Ending();
  const stop = () => {
    // The second time somebody has lost patience: the processes notice that we are gone.
    if (ending.signal.aborted) process.exit(1);
    process.stdout.write('\nStopping …\n');
    ending.ask();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  watchNpm(stop);
  let failed = false;
  try {
    await work(ending);
  } catch (error) {
    // A signal in the middle of the start aborts it: that is no failure.
    failed = !ending.signal.aborted;
    if (failed) explain(error);
  }
  try {
    await ending.run();
  } catch (error) {
    failed = true;
    explain(error);
  }
  process.exit(failed ? 1 : 0);
}

/** npm passes signals on, but when it is killed outright only the change of our parent shows it. */
function watchNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    stop();
  }, 1000);
  timer.unref();
}

function explain(error: unknown): void {
  console.error(error instanceof StartError || error instanceof SettingsError ? error.message : error);
}

/** Resolves when everything is being stopped. */
export function untilStopped(ending: Ending): Promise<void> {
  return new Promise((resolve) => {
    if (ending.signal.aborted) resolve();
    else ending.signal.addEventListener('abort', () => resolve(), { once: true });
  });
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
