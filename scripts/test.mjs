// npm test: everything CI runs, in one go, on whatever machine it is. The last line is `N passed, N failed`.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { enterCheckout, ensureDependencies, fail, runNpm, runProgram } from './bootstrap.mjs';

const CLOSING_LINES = 12;
const total = { passed: 0, failed: 0 };
const startedAt = performance.now();

enterCheckout();
await ensureDependencies();
await ensureChromium();

const scratch = mkdtempSync(path.join(tmpdir(), 'herald-npm-test-'));
mkdirSync('test-results', { recursive: true });
for (const name of ['typecheck', 'lint', 'laws', 'format:check']) {
  await check(name, () => runNpm(['run', '--silent', name]));
}
await runVitest('unit and database tests', ['unit', 'database']);
await check('build', () => runProgram(process.execPath, ['scripts/build.mjs']));
await runVitest('process tests', ['process']);
await runPlaywright();
rmSync(scratch, { recursive: true, force: true });

console.log(`\nAll of it took ${Math.round((performance.now() - startedAt) / 1000)} s.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

/** Runs something that passes or fails as a whole; it counts as one test. */
async function check(name, run) {
  const { code } = await report(name, run);
  count(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
}

async function runVitest(name, projects) {
  const file = path.join(scratch, `${projects.join('-')}.json`);
  const flags = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const vitest = 'node_modules/vitest/vitest.mjs';
  const { code } = await report(name, () =>
    runProgram(process.execPath, [vitest, 'run', ...flags, ...reporters], { env: { NO_COLOR: '1' } }),
  );
  const result = readJson(file);
  // A file that does not load, or an error outside any test, fails no test of its own.
  const failedFiles = (result?.testResults ?? []).filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed'),
  );
  const failed = (result?.numFailedTests ?? 0) + failedFiles.length;
  count({ passed: result?.numPassedTests ?? 0, failed: failed || (code === 0 ? 0 : 1) });
}

async function runPlaywright() {
  const playwright = 'node_modules/@playwright/test/cli.js';
  const env = { NO_COLOR: '1', HERALD_E2E_DATA: path.join(scratch, 'e2e') };
  const { code } = await report('browser tests', () =>
    runProgram(process.execPath, [playwright, 'test'], { env }),
  );
  const { expected = 0, flaky = 0, unexpected = 0 } = readJson('test-results/playwright.json')?.stats ?? {};
  count({ passed: expected + flaky, failed: unexpected || (code === 0 ? 0 : 1) });
}

/** Runs one part and shows its closing lines, or everything when it failed. */
async function report(name, run) {
  const began = performance.now();
  process.stdout.write(`\n== ${name} … `);
  const { code, output } = await run();
  process.stdout.write(
    `${code === 0 ? 'ok' : 'FAILED'} (${((performance.now() - began) / 1000).toFixed(0)} s)\n`,
  );
  const lines = output.trimEnd().split('\n');
  console.log((code === 0 ? lines.slice(-CLOSING_LINES) : lines).join('\n').trim());
  return { code, output };
}

function count({ passed, failed }) {
  total.passed += passed;
  total.failed += failed;
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The browser tests need a Chromium: Playwright's own, the system's, or one that can be installed now. */
async function ensureChromium() {
  const { chromium } = await import('@playwright/test');
  const places = [
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const isThere = () => places.some((place) => existsSync(place));
  if (isThere()) return;
  console.log('Installing a Chromium for the browser tests …');
  await runProgram(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']);
  if (isThere()) return;
  if (process.getuid?.() === 0) {
    await runProgram('apt-get', ['update']).catch(() => undefined);
    await runProgram('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']).catch(
      () => undefined,
    );
  }
  if (!isThere()) {
    fail('The browser tests need a Chromium and none could be installed: install the `chromium` package.');
  }
}
