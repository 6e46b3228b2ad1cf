import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault';

const HOUR_MS = 3_600_000;
const DISK_MB = 320;

export const clockSkew: Fault = {
  name: 'clock-skew',
  about: 'One worker’s clock is an hour ahead, the other’s an hour behind, and both jump to the other side.',
  campaign: { count: 900 },
  workers: 0,
  prepare: (world) => {
    for (const skewMs of [HOUR_MS, -HOUR_MS])
      world.spawnWorker({
        env: {
          CHAOS_SKEW_MS: String(skewMs),
          CHAOS_JUMP_MS: String(Math.round(world.chance.between(4000, 9000))),
        },
        imports: ['./tests/chaos/preload/skewed-clock.ts'],
      });
    return Promise.resolve();
  },
  inject: async (world) => {
    await world.until(async () => (await world.pending()) === 0, 120_000);
  },
};

export const comeAndGo: Fault = {
  name: 'come-and-go',
  about:
    'From one to six worker processes, joining and dying in the midst: the limits are everybody’s together.',
  campaign: { count: 1800, rateLimit: 80 },
  workers: 1,
  inject: async (world) => {
    for (let i = 0; i < 5; i++) {
      world.spawnWorker();
      await sleep(world.chance.between(1000, 2500));
    }
    for (let i = 0; i < 3; i++) {
      const victim = world.chance.pick(world.workers);
      if (victim) await world.kill(victim, i === 0 ? 'SIGTERM' : 'SIGKILL');
      await sleep(world.chance.between(1000, 2500));
    }
  },
};

/** A small disk of memory; undefined where this user may not mount one. */
function mountDisk(): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'herald-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder]);
  if (status === 0) return folder;
  rmSync(folder, { recursive: true });
  return undefined;
}

function unmountDisk(folder: string): void {
  spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
}

/** The database writes meanwhile, and may take the last of the room: then the disk is full as it should be. */
function fill(ballast: string, bytes: number): void {
  try {
    writeFileSync(ballast, Buffer.alloc(bytes, 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

export const diskFull: Fault = {
  name: 'disk-full',
  about: 'The database’s disk is full for 8 s: webhooks get 503 and no false 200; then all goes on.',
  campaign: { count: 1500 },
  postgres: { max_wal_size: '64MB', min_wal_size: '32MB' },
  impossible: () => {
    const folder = mountDisk();
    if (folder === undefined)
      return 'this user may not mount a small disk of memory (it takes root on Linux)';
    unmountDisk(folder);
    return undefined;
  },
  place: () => {
    const folder = mountDisk();
    if (folder === undefined)
      throw new Error('the small disk could be mounted a moment ago, and now it cannot');
    return { folder, remove: () => unmountDisk(folder) };
  },
  lingerMs: 15_000,
  inject: async (world) => {
    const ballast = path.join(path.dirname(world.postgres.directory), 'ballast');
    const { bavail, bsize } = statfsSync(path.dirname(ballast));
    try {
      fill(ballast, bavail * bsize - 8192);
      const until = performance.now() + 8000;
      while (performance.now() < until) {
        await world
          .admin('SELECT pg_switch_wal(), pg_logical_emit_message(true, $$chaos$$, $$x$$)')
          .catch(() => world.notes.push('a write found the disk full'));
        await sleep(500);
      }
    } finally {
      truncateSync(ballast, 0);
    }
    const isBack = await world.until(async () => (await world.admin('SELECT 1')).length > 0, 60_000);
    world.notes.push(isBack ? 'the database came back by itself' : 'the database did not come back');
  },
  check: ({ notes }) =>
    ['a write found the disk full', 'the database came back by itself'].filter(
      (note) => !notes.includes(note),
    ),
};
