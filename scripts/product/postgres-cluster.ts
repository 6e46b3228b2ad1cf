import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PostgresProgram, postgresEnvironment } from './postgres-program';
import { StartError } from './steps';

/** Makes the cluster beside its place and moves it there whole: a kill half-way leaves nothing to trip over. */
export async function makeCluster(
  program: PostgresProgram,
  cluster: string,
  adminPassword: string,
): Promise<void> {
  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const scratch = mkdtempSync(path.join(tmpdir(), 'herald-'));
  const passwordFile = path.join(scratch, 'password');
  try {
    writeFileSync(passwordFile, `${adminPassword}\n`, { mode: 0o600 });
    if (program.owner) {
      const { uid, gid } = program.owner;
      for (const file of [draft, scratch, passwordFile]) chownSync(file, uid, gid);
    }
    const flags = ['--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--data-checksums'];
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
    await run(program, program.initdb, ['-D', draft, `--pwfile=${passwordFile}`, ...flags, ...locale]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  renameSync(draft, cluster);
}

async function run(program: PostgresProgram, binary: string, binaryArgs: string[]): Promise<void> {
  const { file, args, options } = program.command(binary, binaryArgs);
  const child = spawn(file, args, {
    ...options,
    env: postgresEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new StartError(
      `The embedded database could not be made: ${output.trim().split('\n').at(-1) ?? ''}`,
    );
  }
}
