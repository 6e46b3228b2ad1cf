import { database } from '@/db/client';
import { retireWorker } from '@/lib/engine/leases';
import { log } from '@/lib/log';
import { Dispatcher } from './dispatcher';
import { Lease } from './lease';
import { startMaintenance } from './maintenance';
import { Settler } from './settler';
import { startWebhooks } from './webhooks';

/** On SIGTERM: requests under way get this long; the rest of the 10 s is for recording and signing off. */
const DRAIN_MS = 7_000;
const EXIT_WITHIN_MS = 9_500;

/** Starts a worker in this process; returns what ends it, resolving to the exit code. */
export async function startWorker(version: string): Promise<() => Promise<number>> {
  const lease = await Lease.take(version);
  const settler = new Settler();
  const dispatcher = new Dispatcher(lease, settler);
  const stopMaintenance = startMaintenance();
  const webhooks = startWebhooks();
  log.info({ workerId: lease.workerId() }, 'worker started');
  return async () => {
    const late = setTimeout(() => {
      log.error('could not record everything in time; what was under way will be unconfirmed');
      process.exit(1);
    }, EXIT_WITHIN_MS);
    await Promise.all([dispatcher.stop(DRAIN_MS), stopMaintenance(), webhooks.stop(DRAIN_MS)]);
    await settler.close();
    await lease.stop();
    await retireWorker(lease.workerId());
    await database().close();
    clearTimeout(late);
    log.info('worker stopped');
    return 0;
  };
}
