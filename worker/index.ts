import packageJson from '@/package.json' with { type: 'json' };
import { log } from '@/lib/log';
import { startWorker } from './worker';

// The process: the launcher has loaded the settings. SIGTERM and SIGINT drain it; a second signal ends it.
const stop = await startWorker(packageJson.version);
let stopping = false;

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    stop().then(
      (code) => process.exit(code),
      (error: unknown) => {
        log.fatal({ err: error }, 'the worker could not stop cleanly');
        process.exit(1);
      },
    );
  });
