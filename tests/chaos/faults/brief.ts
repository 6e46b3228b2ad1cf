import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault';

// Small faults: each is enough to bring one of the known mistakes to light, and `npm test` has time for them.

const campaign = { count: 200, rateLimit: 80 };

/** A kill, and connections cut, in the midst of a small campaign. */
export const killOnce: Fault = {
  name: 'kill-once',
  about: 'Two workers; one is killed, then the other and the web lose their database connections.',
  campaign,
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
  about: 'Every 25th message is taken, and the connection closed instead of an answer.',
  campaign,
  inject: async (world) => {
    await world.setFaults([{ match: { every_nth: 25 }, action: 'drop_after_accept' }]);
    await world.until(async () => (await world.pending()) === 0, 60_000);
  },
};

export const disorder: Fault = {
  name: 'disorder',
  about: 'Every webhook comes three times, in any order, up to 2 s late.',
  campaign,
  prepare: (world) => {
    const late = () => world.chance.between(0, 2000);
    world.witness.disturbBy(() => [late(), late(), late()]);
    return Promise.resolve();
  },
  inject: async (world) => {
    await world.until(async () => (await world.pending()) === 0, 60_000);
  },
};

export const diesClaiming: Fault = {
  name: 'dies-claiming',
  about: 'A worker dies between its claim and the first byte of a message.',
  campaign,
  workers: 1,
  inject: async (world) => {
    const env = { CHAOS_POINT: 'before-the-first-byte', CHAOS_NTH: '3' };
    const victim = world.spawnWorker({ env, imports: ['./tests/chaos/preload/failpoint.ts'] });
    world.expectEnd(victim);
    await world.until(() => Promise.resolve(victim.signalCode !== null), 20_000);
  },
};

export const diesUnreported: Fault = {
  name: 'dies-unreported',
  about: 'A worker dies in the middle of a POST, and the webhooks about it come only after its rescue.',
  campaign: { count: 300, rateLimit: 60 },
  workers: 1,
  prepare: async (world) => {
    await world.herd.sandbox('POST', '/settings', { webhook_timeout_ms: 60_000 });
    world.witness.disturbBy(() => [25_000]);
  },
  inject: async (world) => {
    const env = { CHAOS_POINT: 'in-the-middle-of-the-post', CHAOS_NTH: '3' };
    const victim = world.spawnWorker({ env, imports: ['./tests/chaos/preload/failpoint.ts'] });
    world.expectEnd(victim);
    await world.until(() => Promise.resolve(victim.signalCode !== null), 20_000);
  },
};
