import { setTimeout as sleep } from 'node:timers/promises';
import { database } from '@/db/client';
import type { RunningCampaign } from '@/tests/support/herd';
import { Herd } from '@/tests/support/herd';
import { startTestPostgres } from '@/tests/support/postgres';
import '@/tests/support/env';

/** Worker processes as built, the sandbox in its own, and a PostgreSQL that flushes, for as long as `run` takes. */
export async function withHerd<T>(run: (herd: Herd) => Promise<T>): Promise<T> {
  const stopPostgres = await startTestPostgres();
  const herd = await Herd.start({ built: true });
  try {
    await herd.sandbox('POST', '/settings', { digits: 'off' });
    return await run(herd);
  } finally {
    await herd.stop();
    await stopPostgres();
  }
}

export async function untilWorkersLive(count: number): Promise<void> {
  for (;;) {
    const [row] = await database().sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM workers WHERE lease_until > now()`;
    if (row?.n === count) return;
    await sleep(50);
  }
}

/** Ends all workers; the next ones are the only ones then: leases of killed ones would say otherwise for a while. */
export async function forgetWorkers(herd: Herd): Promise<void> {
  await herd.killWorkers();
  await database().sql`DELETE FROM workers`;
}

/** Until it is not active any more; `look` is called four times a second. */
export async function untilEnded({ id }: RunningCampaign, look: () => void = () => undefined): Promise<void> {
  for (;;) {
    const [row] = await database().sql<{ status: string }[]>`SELECT status FROM campaigns WHERE id = ${id}`;
    if (row?.status !== 'active') return;
    look();
    await sleep(250);
  }
}
