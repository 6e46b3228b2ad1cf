import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault';
import type { World } from '../world';

export const killWorkers: Fault = {
  name: 'kill-workers',
  about: 'Three workers, one killed every 1–2.5 s for half a minute, another in its place.',
  workers: 3,
  campaign: { count: 1500 },
  inject: async (world) => {
    const until = performance.now() + 30_000;
    let kills = 0;
    while (performance.now() < until && (await world.pending()) > 0) {
      await sleep(world.chance.between(1000, 2500));
      const victim = world.chance.pick(world.workers);
      if (victim) await world.kill(victim);
      world.spawnWorker();
      kills += 1;
    }
    world.notes.push(`${kills} workers killed`);
  },
};

const POINTS = ['before-the-first-byte', 'in-the-middle-of-the-post', 'after-the-answer'];

export const killAtPoints: Fault = {
  name: 'kill-at-points',
  about:
    'Workers die exactly before the first byte, in the middle of a POST, and after the 200: up to four of each.',
  campaign: { count: 1800 },
  inject: async (world) => {
    for (let round = 0; round < 4 && (await world.pending()) > 200; round++)
      await Promise.all(POINTS.map((point) => dieAt(world, point)));
  },
  check: (world) => POINTS.filter((point) => !world.notes.includes(`died ${point}`)).map((p) => `none ${p}`),
};

/** A worker that dies there, at one of its first messages; killed like any other when it does not get that far. */
async function dieAt(world: World, point: string): Promise<void> {
  const env = { CHAOS_POINT: point, CHAOS_NTH: String(world.chance.whole(1, 5)) };
  const doomed = world.spawnWorker({ env, imports: ['./tests/chaos/preload/failpoint.ts'] });
  world.expectEnd(doomed);
  const hasDied = await world.until(() => Promise.resolve(doomed.signalCode === 'SIGKILL'), 15_000);
  if (hasDied) world.notes.push(`died ${point}`);
  else await world.kill(doomed);
}

export const zombie: Fault = {
  name: 'zombie',
  about: 'A worker is frozen for longer than its lease (SIGSTOP), and wakes up: it sends nothing twice.',
  campaign: { count: 1500, rateLimit: 40 },
  lingerMs: 15_000,
  inject: async (world) => {
    const [victim] = world.workers;
    victim?.kill('SIGSTOP');
    await sleep(world.chance.between(19_000, 24_000));
    victim?.kill('SIGCONT');
  },
};

export const sigterm: Fault = {
  name: 'sigterm',
  about:
    'Workers are told to go (SIGTERM) under load, one after another: exit 0 within 10 s, nobody in doubt.',
  campaign: { count: 900 },
  inject: async (world) => {
    for (let i = 0; i < 5 && (await world.pending()) > 50; i++) {
      await sleep(world.chance.between(500, 2000));
      const next = world.spawnWorker();
      await world.until(async () => (await world.liveWorkers()) >= 3, 20_000);
      const leaving = world.workers.find((worker) => worker !== next);
      if (!leaving) return;
      const asked = performance.now();
      const code = await world.kill(leaving, 'SIGTERM');
      const tookMs = performance.now() - asked;
      if (code !== 0 || tookMs > 10_000)
        world.notes.push(`left with ${code ?? 'a signal'} after ${tookMs} ms`);
    }
  },
  check: (world, { sampling }) => [
    ...world.notes,
    ...(sampling.mostUnconfirmed > 0 ? [`${sampling.mostUnconfirmed} were in doubt for a while`] : []),
  ],
};

export const killWeb: Fault = {
  name: 'kill-web',
  about: 'The process that takes the webhooks is killed and started again: no acknowledged status is lost.',
  inject: async (world) => {
    for (let i = 0; i < 4; i++) {
      await sleep(world.chance.between(500, 2000));
      await world.killReceiver();
      await sleep(world.chance.between(100, 1500));
      await world.startReceiver();
    }
  },
};
