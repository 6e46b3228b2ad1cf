// npm run build: what the web and worker processes run from in production. `--check` only says, by its exit code,
// whether a build of these very sources is there. `--processes` bundles the processes alone, for a measurement
// without pages.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { enterCheckout, ensureDependencies, fail, ROOT, runProgram, step } from './bootstrap.mjs';

const FOLDERS = ['app', 'components', 'db', 'lib', 'public', 'sandbox', 'scripts/product', 'web', 'worker'];
const FILES = ['next.config.ts', 'package.json', 'package-lock.json', 'postcss.config.mjs', 'tsconfig.json'];
const STAMP = 'dist/built-from';
const ENTRIES = {
  web: 'web/server.ts',
  worker: 'worker/index.ts',
  sandbox: 'sandbox/index.ts',
  migrate: 'db/migrate-cli.ts',
  settings: 'scripts/product/settings.ts',
};

enterCheckout();
const sources = hashSources();
if (process.argv.includes('--check')) process.exit(isBuilt() ? 0 : 1);
const withPages = !process.argv.includes('--processes');
if (!withPages && isBuilt()) process.exit(0);
await ensureDependencies();
rmSync(STAMP, { force: true });
await step('Bundling the processes', bundle).catch((error) => fail(error.message));
if (withPages) {
  await step('Building the pages', buildPages);
  writeFileSync(STAMP, sources);
}

function isBuilt() {
  return existsSync('.next/BUILD_ID') && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources;
}

/** One hash over every file that goes into the build. */
function hashSources() {
  const hash = createHash('sha256').update(process.version);
  const files = [...FOLDERS.flatMap(listFiles), ...FILES].filter((file) => existsSync(file)).sort();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

async function bundle() {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    metafile: true,
    entryPoints: Object.entries(ENTRIES).map(([out, file]) => ({ in: path.join(ROOT, file), out })),
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
  });
  // A file of ours that is not there passes for a package, and would only be missed when the process starts.
  const missing = Object.values(metafile.outputs)
    .flatMap((output) => output.imports.map(({ path: imported }) => imported))
    .filter((imported) => imported.startsWith('@/'));
  if (missing.length > 0) throw new Error(`No such file: ${[...new Set(missing)].join(', ')}.`);
}

async function buildPages() {
  const next = path.join(ROOT, 'node_modules/next/dist/bin/next');
  const { code, output } = await runProgram(process.execPath, [next, 'build'], {
    env: { NODE_ENV: 'production' },
  });
  if (code !== 0) fail(`\n${output.trim()}`);
}
