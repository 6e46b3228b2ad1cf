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
}

const NAMES = ['bare', 'pg-boss', 'graphile-worker', 'bullmq', 'go'] as const;

export type PeerName = (typeof NAMES)[number];

/** Where Debian's packages put Go's sources. */
const DEBIAN_GOPATH = '/usr/share/gocode';

/** All of them, each with what it needs installed or built; says what has to be left out, and why. */
export function preparePrograms(): Program[] {
  return NAMES.flatMap((name) => {
    const folder = path.join(import.meta.dirname, name);
    try {
      if (name === 'go') buildGo(folder);
      else installPackages(folder);
    } catch (error) {
      console.error(`${name} is left out: ${error instanceof Error ? error.message : error}`);
      return [];
    }
    const command = name === 'go' ? [path.join(folder, 'send')] : [process.execPath, 'index.mjs'];
    return [{ name, folder, command, stores: name !== 'bare', needsRedis: name === 'bullmq' }];
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
