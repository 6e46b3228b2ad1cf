import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readRunning } from '@/scripts/product/data-folder';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { makePlace, productEnvironment, RunningScript } from '@/tests/support/product';
import { signUp } from './support/api';
import { checkAtBothWidths, desk, listen, signIn } from './support/pages';

/** The page asks every ten seconds; a worker signs on and off at once. */
const NOTICED_MS = 25_000;

/** The settings of processes run apart, on a database of their own: the worker of the other tests is not touched. */
async function ownDatabase(): Promise<Record<string, string>> {
  const dataDir = process.env.HERALD_E2E_DATA ?? '';
  const shared = readRunning(dataDir)?.databaseUrl ?? '';
  const admin = new URL('/postgres', shared);
  admin.username = 'postgres';
  admin.password = readFileSync(path.join(dataDir, 'postgres-admin-password'), 'utf8').trim();
  Object.assign(process.env, { DATABASE_URL: shared, ADMIN_DATABASE_URL: admin.href });
  await useFreshDatabase();
  const secret = () => randomBytes(32).toString('base64');
  return {
    DATABASE_URL: process.env.DATABASE_URL ?? '',
    AUTH_SECRET: secret(),
    ENCRYPTION_KEY: secret(),
  };
}

test('that no worker is running is said on every page, and no more once one runs', async ({
  browser,
  playwright,
}) => {
  test.setTimeout(120_000);
  const place = await makePlace();
  const environment = productEnvironment(place, await ownDatabase());
  const web = new RunningScript('scripts/run.mjs web', environment);
  const scripts = [web];
  try {
    const baseURL = `http://127.0.0.1:${place.port}`;
    const request = await playwright.request.newContext({ baseURL });
    await expect(async () => {
      expect((await request.get('/api/health')).status()).toBe(200);
    }).toPass();
    const context = await browser.newContext({ baseURL, viewport: desk.viewport });
    const page = await context.newPage();
    const complaints = listen(page);
    await signIn(page, await signUp(request));
    const banner = page.getByText('No worker is running');
    await expect(banner).toBeVisible();
    await checkAtBothWidths(page);
    await page.getByRole('link', { name: 'Contacts' }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'Contacts' })).toBeVisible();
    await expect(banner).toBeVisible();

    const worker = new RunningScript('scripts/run.mjs worker', environment);
    scripts.push(worker);
    await expect(banner).toHaveCount(0, { timeout: NOTICED_MS });
    expect(await worker.stop()).toBe(0);
    await expect(banner).toBeVisible({ timeout: NOTICED_MS });
    expect(complaints).toEqual([]);
    await context.close();
    await request.dispose();
  } finally {
    await Promise.all(scripts.map((script) => script.stop()));
    await place.remove();
  }
});
