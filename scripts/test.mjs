// npm test: everything CI runs, in one go, on whatever machine it is. The last line is `N passed, N failed`.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { enterCheckout, ensureDependencies, runNpm, runProgram } from './bootstrap.mjs';

const CLOSING_LINES = 12;
const total = { passed: 0, failed: 0 };
const startedAt = performance.now();

enterCheckout();
await ensureDependencies();
// Playwright is a dependency: not there before they are.
const { ensureChromium } = await import('./chromium.mjs');
await ensureChromium();

const scratch = mkdtempSync(path.join(tmpdir(), 'herald-npm-test-'));
mkdirSync('test-results', { recursive: true });
await check('build', () => runProgram(process.execPath, ['scripts/build.mjs']));
// Two lanes: the checks keep one core busy; the process tests mostly wait, so more files at once than cores.
await Promise.all([
  runChecks(['typecheck', 'lint', 'laws', 'format:check']),
  runVitest('process tests', ['process'], 3),
]);
await runVitest('unit and database tests', ['unit', 'database'], 3);
await runPlaywright();
rmSync(scratch, { recursive: true, force: true });

console.log(`\nAll of it took ${Math.round((performance.now() - startedAt) / 1000)} s.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

async function runChecks(names) {
  for (const name of names) await check(name, () => runNpm(['run', '--silent', name]));
}

/** Runs something that passes or fails as a whole; it counts as one test. */
async function check(name, run) {
  await report(name, run, (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }));
}

async function runVitest(name, projects, filesAtOnce) {
  const file = path.join(scratch, `${projects.join('-')}.json`);
  const flags = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...flags,
    `--maxWorkers=${filesAtOnce}`,
    ...reporters,
  ];
  await report(
    name,
    () => runProgram(process.execPath, args, { env: { NO_COLOR: '1' } }),
    (code) => {
      const result = readJson(file);
      // A file that does not load, or an error outside any test, fails no test of its own.
      const failedFiles = (result?.testResults ?? []).filter(
        (suite) =>
          suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed'),
      );
      const failed = (result?.numFailedTests ?? 0) + failedFiles.length;
      const isWell = code === 0 && result !== undefined;
      return { passed: result?.numPassedTests ?? 0, failed: failed || (isWell ? 0 : 1) };
    },
  );
}

async function runPlaywright() {
  const env = { NO_COLOR: '1', HERALD_E2E_DATA: path.join(scratch, 'e2e') };
  rmSync('test-results/playwright.json', { force: true });
  await report(
    'browser tests',
    () => runProgram(process.execPath, ['node_modules/@playwright/test/cli.js', 'test'], { env }),
    (code) => {
      const {
        expected = 0,
        flaky = 0,
        unexpected = 0,
      } = readJson('test-results/playwright.json')?.stats ?? {};
      return { passed: expected + flaky, failed: unexpected || (code === 0 && expected > 0 ? 0 : 1) };
    },
  );
}

/** Runs one part and shows its closing lines, or everything when it failed. `read` turns its exit into counts. */
async function report(name, run, read) {
  const began = performance.now();
  const { code, output } = await run();
  const { passed, failed } = read(code);
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const lines = output.trimEnd().split('\n');
  const shown = (failed === 0 ? lines.slice(-CLOSING_LINES) : lines).join('\n').trim();
  console.log(`\n== ${name}: ${failed === 0 ? 'ok' : 'FAILED'} (${seconds} s)\n${shown}`);
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
