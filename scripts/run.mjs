// npm run web | worker | sandbox | db:migrate: one process, from what `npm run build` made. Also how `npm start`
// runs each of its processes. With --dev it runs the sources instead.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { enterCheckout, fail, ROOT } from './bootstrap.mjs';

const SOURCES = {
  web: 'web/server.ts',
  worker: 'worker/index.ts',
  sandbox: 'sandbox/index.ts',
  migrate: 'db/migrate-cli.ts',
};
/** A process left without its parent has this long to end by itself. */
const ORPHAN_DEADLINE_MS = 12_000;

enterCheckout();
const [name, mode] = process.argv.slice(2);
const isDev = mode === '--dev';
if (!Object.hasOwn(SOURCES, name)) fail(`Run one of: ${Object.keys(SOURCES).join(', ')}.`);

const program = path.join(ROOT, isDev ? SOURCES[name] : `dist/${name}.mjs`);
const settings = path.join(ROOT, isDev ? 'scripts/product/settings.ts' : 'dist/settings.mjs');
if (!existsSync(program) || !existsSync(settings)) fail('Nothing is built yet: run `npm run build` first.');

// Started by `npm start`: when that is gone, even by kill -9, end like on SIGTERM. It may be gone already.
if (process.env.HERALD_SUPERVISED === '1') {
  const leave = () => {
    setTimeout(() => process.exit(1), ORPHAN_DEADLINE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  };
  process.once('disconnect', leave);
  process.channel?.unref();
  if (!process.connected) leave();
}

process.env.NODE_ENV = isDev ? 'development' : 'production';
const { loadProcessSettings, SettingsError } = await import(pathToFileURL(settings).href);
try {
  await loadProcessSettings(name);
} catch (error) {
  if (error instanceof SettingsError) fail(error.message);
  throw error;
}
await import(pathToFileURL(program).href);
