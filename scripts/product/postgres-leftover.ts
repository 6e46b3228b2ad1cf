import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { poll, StartError } from './steps';

const PATIENCE_MS = 20_000;

/**
 * After a kill -9 of everything the database may still run without us, or may have left its postmaster.pid
 * behind. The first is shut down; the second is removed when its number belongs to no PostgreSQL (after a reboot
 * or in a container it may belong to anything, and PostgreSQL would refuse to start). Whoever calls holds the
 * data folder, so nobody else is starting it.
 */
export async function stopLeftover(cluster: string): Promise<void> {
  const file = path.join(cluster, 'postmaster.pid');
  const pid = readPid(file);
  if (pid === undefined) return;
  if (isPostgresOn(pid, cluster)) {
    for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
      signalProcess(pid, signal);
      const gone = await poll(() => (isPostgresOn(pid, cluster) ? undefined : true), {
        everyMs: 50,
        forMs: PATIENCE_MS,
      });
      if (gone) break;
    }
    if (isPostgresOn(pid, cluster)) {
      throw new StartError(
        `A PostgreSQL left from an earlier start (process ${pid}) does not stop: end it, then start again.`,
      );
    }
  }
  rmSync(file, { force: true });
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this process is a PostgreSQL that works in this cluster. */
function isPostgresOn(pid: number, cluster: string): boolean {
  try {
    if (process.platform !== 'linux') {
      const command = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
      return command.includes('postgres') && command.includes(cluster);
    }
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    if (path.basename(args[0] ?? '') !== 'postgres') return false;
    return args.includes(cluster) || readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return false;
  }
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between.
  }
}
