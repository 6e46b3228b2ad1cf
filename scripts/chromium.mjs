// The Chromium of the browser tests and of everything else that looks at the pages.
import { existsSync, readdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { fail, runProgram } from './bootstrap.mjs';

// The shell is Chromium without a browser's own windows: the same engine for a third less of the processor's time.
const SYSTEM_SHELLS = ['/usr/bin/chromium-headless-shell'];
const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * The path to start, or undefined where Playwright's own is installed and finds itself; also undefined where there
 * is none at all, so that Playwright says what is missing.
 */
export function findChromium() {
  if (hasOwnShell()) return undefined;
  return [...SYSTEM_SHELLS, ...SYSTEM_BROWSERS].find((file) => existsSync(file));
}

/** Installs one where it can: the light shell first; a whole browser that is there already will do as well. */
export async function ensureChromium() {
  if (hasOwnShell() || SYSTEM_SHELLS.some((file) => existsSync(file))) return;
  console.log('Installing a Chromium for the browser tests …');
  const cli = 'node_modules/@playwright/test/cli.js';
  await runProgram(process.execPath, [cli, 'install', '--only-shell', 'chromium']);
  if (hasOwnShell()) return;
  await installPackage('chromium-headless-shell');
  if (!findChromium()) await installPackage('chromium');
  if (!findChromium()) {
    fail('The browser tests need a Chromium and none could be installed: install the `chromium` package.');
  }
}

/** Playwright keeps its browsers side by side, a folder for each: chromium-1255, chromium_headless_shell-1255. */
function hasOwnShell() {
  const folder = chromium.executablePath().replace(/chromium-(\d+).*/, 'chromium_headless_shell-$1');
  return existsSync(folder) && readdirSync(folder).length > 0;
}

async function installPackage(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  await runProgram('apt-get', ['update']);
  await runProgram('apt-get', ['install', '-y', '--no-install-recommends', name]);
}
