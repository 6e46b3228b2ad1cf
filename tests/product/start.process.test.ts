import { createServer } from 'node:net';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  isAlive,
  makePlace,
  pidsOf,
  productEnvironment,
  RunningScript,
  startProduct,
} from '../support/product';

const MINUTES = 60_000;
const own = {
  AUTH_SECRET: 'x'.repeat(32),
  ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
};

async function runToEnd(script: string, environment: NodeJS.ProcessEnv) {
  const running = new RunningScript(script, environment);
  const code = await running.exited;
  return { code, lines: running.output.trim().split('\n') };
}

describe('npm start', { timeout: 5 * MINUTES }, () => {
  let place: Awaited<ReturnType<typeof makePlace>>;
  let product: RunningScript;

  beforeAll(async () => {
    place = await makePlace();
    product = await startProduct(place);
  }, 5 * MINUTES);

  afterAll(async () => {
    await product.stop();
    await place.remove();
  }, MINUTES);

  const url = () => `http://127.0.0.1:${place.port}`;

  test('answers healthy, with its security headers on every answer', async () => {
    const health = await fetch(`${url()}/api/health`);
    expect(await health.json()).toMatchObject({ status: 'ok', database: 'ok', workers: 1 });
    for (const route of [
      '/login',
      '/api/health',
      '/no-such-page',
      '/api/webhooks/whatsapp',
      '/_next/nothing.js',
    ]) {
      const { headers } = await fetch(`${url()}${route}`);
      expect(headers.get('content-security-policy'), route).toMatch(/script-src 'self' 'nonce-[^']{20,}'/);
      expect(headers.get('content-security-policy'), route).not.toContain('unsafe-eval');
      expect(headers.get('x-content-type-options'), route).toBe('nosniff');
      expect(headers.get('referrer-policy'), route).toBeTruthy();
      expect(headers.get('x-powered-by'), route).toBeNull();
    }
  });

  test('keeps its secrets in files that nobody else can read', () => {
    for (const name of ['auth-secret', 'encryption-key', 'postgres-password', 'running.json']) {
      expect(statSync(path.join(place.dataDir, name)).mode & 0o777, name).toBe(0o600);
    }
  });

  test('a second start on the same data folder ends with one sentence, and the first goes on', async () => {
    const { code, lines } = await runToEnd('scripts/start.mjs', productEnvironment(place));
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('already runs on the data folder');
    expect((await fetch(`${url()}/api/health`)).status).toBe(200);
  });

  test('`npm run db:migrate` finds the running database', async () => {
    const { code, lines } = await runToEnd('scripts/run.mjs migrate', productEnvironment(place));
    expect({ code, lines }).toEqual({ code: 0, lines: ['The database schema is up to date.'] });
  });

  test('a killed worker is started again', async () => {
    const before = pidsOf(place).worker ?? 0;
    process.kill(before, 'SIGKILL');
    await vi.waitFor(() => expect(pidsOf(place).worker).not.toBe(before), { timeout: 20_000, interval: 100 });
    expect(isAlive(pidsOf(place).worker ?? 0)).toBe(true);
  });

  test('when the start script is killed the processes end by themselves, and the next start works', async () => {
    const { postgres: _database, ...processes } = pidsOf(place);
    product.signal('SIGKILL');
    await vi.waitFor(() => expect(Object.values(processes).filter(isAlive)).toEqual([]), {
      timeout: 20_000,
      interval: 100,
    });
    product = await startProduct(place);
  });

  test('after kill -9 of everything the next start works by itself', async () => {
    for (const pid of Object.values(pidsOf(place))) process.kill(pid, 'SIGKILL');
    await product.exited;
    product = await startProduct(place);
    expect((await fetch(`${url()}/api/health`)).status).toBe(200);
  });

  test('SIGTERM leaves no process behind, and exits with 0', async () => {
    const pids = Object.values(pidsOf(place));
    expect(await product.stop()).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(existsSync(path.join(place.dataDir, 'running.json'))).toBe(false);
    const secret = readFileSync(path.join(place.dataDir, 'encryption-key'), 'utf8');
    product = await startProduct(place);
    expect(readFileSync(path.join(place.dataDir, 'encryption-key'), 'utf8')).toBe(secret);
  });
});

describe('`npm start` in a terminal', { timeout: 5 * MINUTES }, () => {
  test.each<[string, NodeJS.Signals[]]>([
    ['Ctrl-C', ['SIGINT']],
    ['Ctrl-C pressed twice', ['SIGINT', 'SIGINT']],
    ['a terminal that is closed', ['SIGHUP']],
    ['the end of the session', ['SIGTERM']],
  ])('%s leaves no process behind', async (_what, signals) => {
    const place = await makePlace();
    const product = new RunningScript('npm start', productEnvironment(place));
    await product.until('Herald is ready at');
    const pids = Object.values(pidsOf(place));
    for (const signal of signals) {
      product.signalGroup(signal);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 30_000, interval: 100 });
    expect(existsSync(path.join(place.dataDir, 'running.json'))).toBe(false);
    await product.exited;
    await place.remove();
  });
});

describe('what keeps it from running is said in one sentence', { timeout: MINUTES }, () => {
  test.each([
    ['a busy port', 'PORT'],
    ['a busy sandbox port', 'SANDBOX_PORT'],
  ])('%s', async (_what, setting) => {
    const place = await makePlace();
    const busy = createServer().listen(setting === 'PORT' ? place.port : place.sandboxPort, '127.0.0.1');
    const { code, lines } = await runToEnd('scripts/start.mjs', productEnvironment(place));
    busy.close();
    await place.remove();
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`is already in use: .* set ${setting} `));
  });

  test.each([
    [
      'scripts/start.mjs',
      { DATABASE_URL: 'postgres://a:canary@127.0.0.1:1/x', ...own },
      /^DATABASE_URL: no PostgreSQL answers/,
    ],
    [
      'scripts/start.mjs',
      { DATABASE_URL: 'postgres://a:canary@127.0.0.1:1/x' },
      /^AUTH_SECRET and ENCRYPTION_KEY are missing/,
    ],
    ['scripts/start.mjs', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of/],
    ['scripts/run.mjs web', {}, /^No database: keep `npm start` running/],
    ['scripts/run.mjs worker', { MAX_UPLOAD_MB: 'big' }, /^MAX_UPLOAD_MB must be/],
    ['scripts/run.mjs sandbox', { SANDBOX: '0' }, /^The sandbox is off here/],
    [
      'scripts/run.mjs migrate',
      { DATABASE_URL: 'postgres://a:canary@127.0.0.1:1/x', ...own },
      /could not be brought up to date/,
    ],
  ])('%s with %o', async (script, settings, sentence) => {
    const place = await makePlace();
    const { code, lines } = await runToEnd(script, productEnvironment(place, settings));
    await place.remove();
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatch(sentence);
    expect(lines.length).toBeLessThanOrEqual(2);
    expect(lines.join('\n')).not.toMatch(/canary|^\s+at /m);
  });
});

test('a process whose parent is gone before it has begun does not run on', { timeout: MINUTES }, async () => {
  const place = await makePlace();
  const orphan = new RunningScript(
    'scripts/run.mjs worker',
    productEnvironment(place, { HERALD_SUPERVISED: '1' }),
  );
  expect(await orphan.exited).toBe('SIGTERM');
  await place.remove();
});
