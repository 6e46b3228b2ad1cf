import { setTimeout as sleep } from 'node:timers/promises';
import { database } from '@/db/client';
import { Herd, type RunningCampaign } from '@/tests/support/herd';
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

/** Asked for often: what a worker spends on its start is no part of what is measured. */
const LOOK_FOR_WORKERS_MS = 5;

export async function untilWorkersLive(count: number): Promise<void> {
  for (;;) {
    const [row] = await database().sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM workers WHERE lease_until > now()`;
    if (row?.n === count) return;
    await sleep(LOOK_FOR_WORKERS_MS);
  }
}

/** Ends all workers; the next ones are the only ones then: leases of killed ones would say otherwise for a while. */
export async function forgetWorkers(herd: Herd): Promise<void> {
  await herd.killWorkers();
  await database().sql`DELETE FROM workers`;
}

/**
 * A campaign's rate ends at 1,000/s by contract. Here the limiters' own rows are opened to more than a machine does,
 * so that all the engine does about rates is still done and never binds.
 */
const OPEN_RATE = 20_000;

/** Opens a campaign's limits, and the sandbox's own for its number. */
export async function openLimits(herd: Herd, campaign: RunningCampaign): Promise<void> {
  const { id, senderId, actor, phoneNumberId } = campaign;
  await database().sql`
    UPDATE rate_limits SET rate = ${OPEN_RATE}
    WHERE workspace_id = ${actor.workspaceId} AND id IN (${id}, ${senderId})`;
  await herd.sandbox('PATCH', `/numbers/${phoneNumberId}`, { messages_per_second: 1_000_000 });
}

interface Waiting {
  /** Called at each look. */
  look?: () => void;
  withinMs?: number;
}

/** Until it is not active any more, looked at ten times a second; false when that took longer than it may. */
export async function untilEnded(
  { id }: RunningCampaign,
  { look, withinMs = Infinity }: Waiting = {},
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    const [row] = await database().sql<{ status: string }[]>`SELECT status FROM campaigns WHERE id = ${id}`;
    if (row?.status !== 'active') return true;
    look?.();
    await sleep(100);
  }
  return false;
}
