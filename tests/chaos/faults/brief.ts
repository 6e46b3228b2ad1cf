import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import type { Fault } from '../fault';
import type { World } from '../world';

// Small faults: each is enough to bring one of the known mistakes to light, and `npm test` has time for them.

const campaign = { count: 200, rateLimit: 80 };

/** A kill, and connections cut, in the midst of a small campaign. */
export const killOnce: Fault = {
  name: 'kill-once',
  about: 'Two workers; one is killed, then the other and the web lose their database connections.',
  campaign,
  lingerMs: 1000,
  inject: async (world) => {
    await sleep(world.chance.between(100, 800));
    const [victim] = world.workers;
    if (victim) await world.kill(victim);
    await world.admin(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name IN ('worker', 'web')`,
    );
  },
};

export const lostOnce: Fault = {
  name: 'lost-once',
  about:
    'Every 25th message is taken, the connection closed instead of an answer, and the webhooks are 3 s late.',
  campaign,
  workers: 1,
  lingerMs: 1000,
  prepare: (world) => {
    world.witness.disturbBy(() => [3000]);
    return Promise.resolve();
  },
  inject: async (world) => {
    await world.setFaults([{ match: { every_nth: 25 }, action: 'drop_after_accept' }]);
    await world.until(async () => (await world.pending()) === 0, 60_000);
  },
};

export const contention: Fault = {
  name: 'contention',
  about: 'Somebody keeps locking the limiter for a moment, so that the claims of three workers queue up.',
  campaign: { count: 300, rateLimit: 100 },
  workers: 3,
  inject: async (world) => {
    const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1 });
    while ((await world.pending()) > 0) {
      await sql.begin(async (tx) => {
        await tx`SELECT 1 FROM rate_limits WHERE id = ${world.campaign.id} FOR UPDATE`;
        await sleep(world.chance.between(50, 200));
      });
      await sleep(30);
    }
    await sql.end();
  },
};

export const disorder: Fault = {
  name: 'disorder',
  about: 'Every webhook comes three times, in any order, up to 2 s late.',
  campaign,
  lingerMs: 1000,
  prepare: (world) => {
    const late = () => world.chance.between(0, 2000);
    world.witness.disturbBy(() => [late(), late(), late()]);
    return Promise.resolve();
  },
  inject: async (world) => {
    await world.until(async () => (await world.pending()) === 0, 60_000);
  },
};

/** A worker that dies at that point of an early message of its, beside one that lives. */
async function spawnDoomed(world: World, point: string): Promise<void> {
  world.spawnWorker();
  const env = { CHAOS_POINT: point, CHAOS_NTH: String(world.chance.whole(5, 15)) };
  const doomed = world.spawnWorker({ env, imports: ['./tests/chaos/preload/failpoint.ts'] });
  world.expectEnd(doomed);
  doomed.once('exit', (_code, signal) => world.notes.push(`died of ${signal ?? 'nothing'}`));
  await world.until(async () => (await world.liveWorkers()) === 2, 30_000);
}

const hasDied = (world: World) => world.notes.includes('died of SIGKILL');
const untilItDied = async (world: World) => {
  await world.until(() => Promise.resolve(hasDied(world)), 20_000);
};
const itDied = (world: World) => (hasDied(world) ? [] : ['the worker did not die']);

export const diesClaiming: Fault = {
  name: 'dies-claiming',
  about: 'A worker dies between its claim and the first byte of a message.',
  campaign,
  lingerMs: 1000,
  workers: 0,
  prepare: (world) => spawnDoomed(world, 'before-the-first-byte'),
  inject: untilItDied,
  check: itDied,
};

export const diesUnreported: Fault = {
  name: 'dies-unreported',
  about: 'A worker dies in the middle of a POST, and the webhooks about it come only after its rescue.',
  campaign,
  lingerMs: 1000,
  workers: 0,
  prepare: async (world) => {
    await world.herd.sandbox('POST', '/settings', { webhook_timeout_ms: 60_000 });
    world.witness.disturbBy(() => [25_000]);
    await spawnDoomed(world, 'in-the-middle-of-the-post');
  },
  inject: untilItDied,
  check: itDied,
};
