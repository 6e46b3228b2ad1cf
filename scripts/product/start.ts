import { SettingsError } from '@/lib/env';
import { buildIfChanged } from './build';
import { Ending, startProduct } from './product';
import { StartError } from './steps';

/** One Ctrl-C reaches us twice, from the terminal and passed on by npm: what comes within this is one wish. */
const SAME_WISH_MS = 2_000;

/** Runs `work` until it ends or a signal comes, then undoes everything in order and ends the process. */
export async function runUntilStopped(work: (ending: Ending) => Promise<void>): Promise<never> {
  const ending = new Ending();
  let askedAt = 0;
  const stop = () => {
    if (ending.signal.aborted) return;
    askedAt = performance.now();
    process.stdout.write('\nStopping …\n');
    ending.ask();
  };
  const stopOrHurry = () => {
    if (!ending.signal.aborted) return stop();
    if (performance.now() - askedAt < SAME_WISH_MS) return;
    // Somebody has lost patience: the processes notice that we are gone, the database must be told.
    ending.cutShort();
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopOrHurry);
  // A terminal that was closed takes no more words; that must not end us before everything else.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
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
