import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { StartError } from './steps';

/** What `npm start` tells the other processes about itself, in DATA_DIR/running.json (mode 0600). */
export interface Running {
  pid: number;
  /** Tells this process from a later one with the same number. */
  startedAt: string;
  databaseUrl?: string;
  url?: string;
  processes?: Record<string, number>;
}

/** Makes the data folder. Only its owner may look into it; as root, the database's user must pass through. */
export function makeDataFolder(dataDir: string): void {
  try {
    makeFolders(dataDir);
    chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  } catch (error) {
    throw new StartError(
      `The data folder ${dataDir} cannot be used (${codeOf(error)}): set DATA_DIR to one you own.`,
    );
  }
}

/** One after the other: Node's own `recursive` never comes back where the file system refuses (seen under /proc). */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(path.dirname(path.resolve(folder)));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** The secret kept under this name, made on first use. Two processes at once end up with the same one. */
export function keepSecret(dataDir: string, name: string, make: () => string): string {
  const file = path.join(dataDir, name);
  const kept = readSecret(file);
  if (kept) return kept;
  createWhole(file, `${make()}\n`);
  const made = readSecret(file);
  if (!made)
    throw new StartError(`${file} is empty: restore it from a copy, or delete it to have a new one made.`);
  return made;
}

/** Creates a private file with its content in one step: never seen half-written. False when it is there already. */
function createWhole(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new StartError(`${file} cannot be read (${codeOf(error)}): it belongs to another user.`);
  }
}

/** Takes the data folder for this process, or says who has it. A dead owner's claim is taken over. */
export function claimDataFolder(dataDir: string): void {
  const file = path.join(dataDir, 'running.json');
  const running: Running = { pid: process.pid, startedAt: identityOf(process.pid) ?? '' };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (createWhole(file, JSON.stringify(running))) return;
    const owner = readRunning(dataDir);
    if (owner) {
      const where = owner.url ? `, at ${owner.url}` : '';
      throw new StartError(
        `Herald already runs on the data folder ${dataDir} (process ${owner.pid}${where}): stop it first, or set another DATA_DIR and PORT.`,
      );
    }
    rmSync(file, { force: true });
  }
  throw new StartError(`Herald is being started twice on the data folder ${dataDir}: try again.`);
}

/** Adds to what this process has told of itself. */
export function updateRunning(dataDir: string, changes: Partial<Running>): void {
  const file = path.join(dataDir, 'running.json');
  const current = readRunning(dataDir);
  if (current?.pid !== process.pid) return;
  writeFileSync(`${file}.new`, JSON.stringify({ ...current, ...changes }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function releaseDataFolder(dataDir: string): void {
  if (readRunning(dataDir)?.pid === process.pid) rmSync(path.join(dataDir, 'running.json'), { force: true });
}

/** What a live `npm start` on this folder has told of itself. */
export function readRunning(dataDir: string): Running | undefined {
  try {
    const running = JSON.parse(readFileSync(path.join(dataDir, 'running.json'), 'utf8')) as Running;
    const identity = identityOf(running.pid);
    return identity !== undefined && identity === running.startedAt ? running : undefined;
  } catch {
    return undefined;
  }
}

/** When a process started, in the system's own terms; undefined when there is none of that number. */
export function identityOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      // Field 22 of proc(5), and the third field is the state: a zombie has ended.
      return state === 'Z' ? undefined : `${boot}/${fields[18]}`;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

export function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? 'error';
}
