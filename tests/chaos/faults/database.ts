import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import type { Fault } from '../fault';
import type { World } from '../world';

/** How soon after the database is back the campaign must send again. */
const RESUMES_WITHIN_MS = 10_000;
const BACKENDS = `SELECT pid FROM pg_stat_activity WHERE application_name IN ('worker', 'web')`;

/** Waits for the next message to leave, and notes how long it took. */
async function untilSending(world: World, since: number): Promise<void> {
  const { posts } = await world.herd.ledger(world.campaign);
  const isSending = async () => (await world.herd.ledger(world.campaign)).posts > posts;
  await world.until(isSending, 60_000);
  world.measured.push(performance.now() - since);
}

const resumedInTime = (world: World): string[] =>
  world.measured
    .filter((ms) => ms > RESUMES_WITHIN_MS)
    .map((ms) => `sent again only ${Math.round(ms)} ms after the database was back`);

export const postgresCrash: Fault = {
  name: 'postgres-crash',
  about:
    'PostgreSQL is stopped at once (-m immediate), then killed with all it has: nobody exits, all goes on.',
  campaign: { count: 1500 },
  inject: async (world) => {
    for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
      await sleep(world.chance.between(1000, 3000));
      const before = world.postgres.pid();
      if (before) process.kill(before, signal);
      await world.until(async () => {
        await world.admin('SELECT 1');
        return world.postgres.pid() !== before;
      }, 60_000);
      await untilSending(world, performance.now());
    }
  },
  check: resumedInTime,
};

export const backendsKilled: Fault = {
  name: 'backends-killed',
  about: 'Database connections of the workers and the web are terminated, five a second, for 12 s.',
  campaign: { count: 1200 },
  inject: async (world) => {
    for (let i = 0; i < 60; i++) {
      await world.admin(`SELECT pg_terminate_backend(pid) FROM (${BACKENDS} ORDER BY random() LIMIT 1) one`);
      await sleep(200);
    }
    await untilSending(world, performance.now());
  },
  check: resumedInTime,
};

export const frozenBackend: Fault = {
  name: 'frozen-backend',
  about: 'Half the backends stand still (SIGSTOP) for longer than a lease: nobody waits for ever.',
  campaign: { count: 2400 },
  lingerMs: 15_000,
  inject: async (world) => {
    const backends = await world.admin<{ pid: number }>(`${BACKENDS} ORDER BY pid`);
    const frozen = backends.map(({ pid }) => pid).filter(() => world.chance.between(0, 1) < 0.5);
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    try {
      await sleep(world.chance.between(18_000, 22_000));
    } finally {
      for (const pid of frozen) process.kill(pid, 'SIGCONT');
    }
    await untilSending(world, performance.now());
  },
};

export const databaseBlackhole: Fault = {
  name: 'database-blackhole',
  about: 'Not a byte passes between Herald and the database for 20 s: webhooks get 503, nothing is lost.',
  campaign: { count: 1500 },
  proxied: true,
  lingerMs: 15_000,
  inject: async (world) => {
    world.databaseWire?.swallow();
    await sleep(world.chance.between(18_000, 22_000));
    world.databaseWire?.heal();
    await untilSending(world, performance.now());
  },
  check: resumedInTime,
};

export const connectionsExhausted: Fault = {
  name: 'connections-exhausted',
  about: 'Every connection PostgreSQL has is taken by somebody else for 10 s.',
  postgres: { max_connections: 50 },
  campaign: { count: 1200 },
  inject: async (world) => {
    const url = process.env.DATABASE_URL ?? '';
    const hogs = Array.from({ length: 50 }, () => postgres(url, { max: 1, onnotice: () => undefined }));
    await world.admin(`SELECT pg_terminate_backend(pid) FROM (${BACKENDS}) all_of_them`);
    await Promise.all(hogs.map((hog) => hog`SELECT 1`.catch(() => undefined)));
    await sleep(10_000);
    await Promise.all(hogs.map((hog) => hog.end({ timeout: 1 })));
    await untilSending(world, performance.now());
  },
  check: resumedInTime,
};

export const heldSnapshot: Fault = {
  name: 'held-snapshot',
  about:
    'Somebody keeps a snapshot open while 12,000 are claimed: no dead row can go. Prints what a claim takes.',
  postgres: { log_min_duration_statement: 0, log_parameter_max_length: 0 },
  campaign: { count: 12_000, rateLimit: 800, workerCount: 100 },
  inject: async (world) => {
    const holder = postgres(process.env.DATABASE_URL ?? '', { max: 1, connection: { statement_timeout: 0 } });
    await holder.begin('ISOLATION LEVEL REPEATABLE READ', async (tx) => {
      await tx`SELECT count(*) FROM recipients`;
      await world.until(async () => (await world.pending()) === 0, 120_000);
    });
    await holder.end({ timeout: 1 });
    const log = readFileSync(path.join(world.postgres.directory, 'postgres.log'), 'utf8');
    const durations = [...log.matchAll(/duration: ([\d.]+) ms {2}execute [^\n]*\n\s+WITH limits/g)];
    const sorted = durations.map(([, ms]) => Number(ms)).sort((a, b) => a - b);
    const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? NaN).toFixed(1);
    world.notes.push(`${sorted.length} claims: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`);
  },
};
