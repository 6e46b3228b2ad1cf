import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** A peer as a program: run with `enqueue`, then with `send`. */
export interface Program {
  name: string;
  folder: string;
  command: string[];
  /** Stores results in bench_recipients. */
  stores: boolean;
  needsRedis: boolean;
  env: Record<string, string>;
}

/** In the order they run. A queue that hands out single jobs runs again with its results gathered by hand. */
const PEERS = [
  { name: 'bare', folder: 'bare', env: {} },
  { name: 'pg-boss', folder: 'pg-boss', env: {} },
  { name: 'graphile-worker', folder: 'graphile-worker', env: {} },
  { name: 'graphile-worker-batched', folder: 'graphile-worker', env: { RESULTS: 'batched' } },
  { name: 'bullmq', folder: 'bullmq', env: {} },
  { name: 'bullmq-batched', folder: 'bullmq', env: { RESULTS: 'batched' } },
  { name: 'go', folder: 'go', env: {} },
] as const;

/** Where Debian's packages put Go's sources. */
const DEBIAN_GOPATH = '/usr/share/gocode';

/** Those asked for (all if none), each with what it needs installed or built; says what has to be left out, and why. */
export function preparePrograms(wanted: readonly string[]): Program[] {
  return PEERS.filter(({ name }) => wanted.length === 0 || wanted.includes(name)).flatMap((peer) => {
    const folder = path.join(import.meta.dirname, peer.folder);
    try {
      if (peer.folder === 'go') buildGo(folder);
      else installPackages(folder);
    } catch (error) {
      console.error(`${peer.name} is left out: ${String(error)}`);
      return [];
    }
    const isGo = peer.folder === 'go';
    const command = isGo ? [path.join(folder, 'send')] : [process.execPath, 'index.mjs'];
    return [
      {
        name: peer.name,
        folder,
        command,
        stores: peer.name !== 'bare',
        needsRedis: peer.folder === 'bullmq',
        env: peer.env,
      },
    ];
  });
}

function installPackages(folder: string): void {
  const installed = path.join(folder, 'node_modules/.package-lock.json');
  if (existsSync(installed) && isNewer(installed, path.join(folder, 'package-lock.json'))) return;
  console.log(`Installing ${path.basename(folder)} …`);
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  });
}

function buildGo(folder: string): void {
  const program = path.join(folder, 'send');
  if (existsSync(program) && isNewer(program, path.join(folder, 'main.go'))) return;
  console.log('Building the Go program …');
  execFileSync('go', ['build', '-o', 'send', '.'], {
    cwd: folder,
    env: { ...process.env, GO111MODULE: 'off', GOPATH: process.env.GOPATH ?? DEBIAN_GOPATH },
    stdio: 'inherit',
  });
}

const isNewer = (file: string, than: string): boolean => statSync(file).mtimeMs >= statSync(than).mtimeMs;
