import { watch } from 'node:fs';
import { type Ending, type Product, startProduct } from './product';
import type { ProcessName } from './settings';
import { runUntilStopped, untilStopped } from './start';

/** A save writes several files; they make one restart. */
const SETTLE_MS = 150;

/** What each process must be started again for; pages and routes are Next's own business. */
const WATCHED: Partial<Record<ProcessName, string[]>> = {
  web: ['web', 'lib/webhooks', 'lib/recipients', 'lib/env.ts'],
  worker: ['worker', 'lib', 'db'],
  sandbox: ['sandbox'],
};

/** npm run dev. */
export async function runDev(): Promise<void> {
  await runUntilStopped(async (ending) => {
    const product = await startProduct(ending, { dev: true });
    watchSources(product, ending);
    console.log(`\nHerald is ready at ${product.url}, from the sources. Ctrl-C stops it.\n`);
    await untilStopped(ending);
  });
}

function watchSources({ children }: Product, ending: Ending): void {
  for (const [name, child] of Object.entries(children)) {
    let timer: NodeJS.Timeout | undefined;
    for (const place of WATCHED[name as ProcessName] ?? []) {
      const watcher = watch(place, { recursive: true }, (_event, file) => {
        if (file && (!/\.ts$/.test(file) || /\.test\.ts$/.test(file))) return;
        clearTimeout(timer);
        timer = setTimeout(() => {
          console.log(`The sources of ${name} have changed: starting it again.`);
          child.restart();
        }, SETTLE_MS);
      });
      ending.add(() => watcher.close());
    }
  }
}
