// What every script needs before the dependencies are there: Node's own modules only.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Ends the process with one sentence on the screen. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Everything below runs in the checkout, on a Node that can run it. */
export function enterCheckout() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Herald needs Node 20.19 or newer; this is ${process.versions.node}.`);
  }
  process.chdir(ROOT);
  process.env.NEXT_TELEMETRY_DISABLED = '1';
}

/**
 * Runs a program to its end and resolves to its exit code and, unless shown, what it wrote. A signal goes on to
 * it, and ends us when it has ended.
 */
export function runProgram(command, args, { env = {}, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    let isEnding = false;
    const pass = (signal) => {
      isEnding = true;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const name of signals) process.on(name, pass);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const name of signals) process.off(name, pass);
      if (isEnding) process.exit(1);
      resolve({ code: code ?? 1, signal, output });
    });
  });
}

/** Prints what is being done, and then how long it took. */
export async function step(label, work) {
  const startedAt = performance.now();
  process.stdout.write(`${label} … `);
  try {
    const result = await work();
    process.stdout.write(`${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}

/** Runs npm: the one that runs us when there is one, so that no other version rewrites the tree. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js')
    ? runProgram(process.execPath, [npm, ...args], options)
    : runProgram('npm', args, options);
}

/** Installs the locked dependencies when they are missing or are not the locked ones. */
export async function ensureDependencies() {
  if (dependenciesAreLocked()) return;
  const { code, output } = await step('Installing the locked dependencies', () =>
    runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']),
  );
  if (code !== 0) fail(`npm ci failed:\n${output.trim().split('\n').slice(-15).join('\n')}`);
}

function dependenciesAreLocked() {
  const installed = readPackages('node_modules/.package-lock.json');
  const locked = readPackages('package-lock.json');
  if (!installed || !locked) return false;
  return Object.entries(locked).every(([name, wanted]) => {
    if (name === '') return true;
    const found = installed[name];
    // Packages for other platforms are locked too, but not installed.
    return found ? found.version === wanted.version : wanted.optional === true || wanted.peer === true;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Bundles one of our TypeScript files for Node and imports it; a few dozen milliseconds. */
export async function importTypescript(entry) {
  const { build, stop } = await import('esbuild');
  const outfile = path.join(ROOT, 'dist/scripts', entry.replace(/\.ts$/, '.mjs').replaceAll('/', '-'));
  if (!existsSync(path.dirname(outfile))) mkdirSync(path.dirname(outfile), { recursive: true });
  await build({
    entryPoints: [path.join(ROOT, 'scripts', entry)],
    outfile,
    absWorkingDir: ROOT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  await stop();
  return import(pathToFileURL(outfile).href);
}
