import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { SETTING_NAMES } from './lib/env';
import { findChromium } from './scripts/chromium.mjs';

// Playwright loads this file again in each of its processes: what was chosen once is handed on.
process.env.HERALD_E2E_PORTS ??= `${findFreePort()},${findFreePort()}`;
process.env.HERALD_E2E_DATA ??= mkdtempSync(path.join(tmpdir(), 'herald-e2e-'));
const [port = '', sandboxPort = ''] = process.env.HERALD_E2E_PORTS.split(',');
const url = `http://127.0.0.1:${port}`;

function findFreePort(): string {
  const program = `const s = require('net').createServer().listen(0, '127.0.0.1', () => {
    console.log(s.address().port); s.close(); })`;
  return execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }).trim();
}

const executablePath = findChromium();

export default defineConfig({
  testDir: 'tests/e2e',
  fullyParallel: false,
  // Files side by side: each test has an account and a number of its own, and mostly waits.
  workers: 3,
  forbidOnly: Boolean(process.env.CI),
  // A browser on a busy machine may hiccup once; what passes at the second try is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    baseURL: url,
    browserName: 'chromium',
    // Recording every step costs more than the steps do: it is for what failed once.
    trace: 'on-first-retry',
    // Chromium's own sandbox does not start as root or in most containers, and these are our own pages.
    launchOptions: { chromiumSandbox: false, ...(executablePath ? { executablePath } : {}) },
  },
  webServer: {
    // The real product, in a data folder of its own; nothing of this machine's settings or `.env` gets in.
    command: 'node scripts/start.mjs',
    url: `${url}/api/health`,
    env: {
      ...Object.fromEntries(SETTING_NAMES.map((name) => [name, ''])),
      PORT: port,
      SANDBOX_PORT: sandboxPort,
      DATA_DIR: process.env.HERALD_E2E_DATA,
      // Endpoints of the tests' own stand on this machine.
      WEBHOOK_PRIVATE_NETWORKS: '127.0.0.0/8',
      // Also a sender that is not the sandbox's own reaches it: no test calls Meta.
      WHATSAPP_API_URL: `http://127.0.0.1:${sandboxPort}`,
    },
    timeout: 240_000,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
  },
});
