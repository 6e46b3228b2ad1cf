import { writeFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { signUp } from './support/api';
import { goodPhone, openShop } from './support/campaigns';
import { signIn } from './support/pages';
import { beginCampaign, chip } from './support/wizard';

const COUNT = 100_000;

/** From the disk: the browser's driver would unpack a buffer in the page's own thread. */
async function writeLargeList(file: string): Promise<string> {
  const rows = Array.from({ length: COUNT }, (_, i) => `Ana,${goodPhone(i)},10%,ana-${i}`);
  await writeFile(file, `First name,Mobile,Discount,Offer code\n${rows.join('\n')}`);
  return file;
}

/** How long the page's own thread was held up, in pieces of 50 ms and more, and how long it was watched, ms. */
interface Held {
  heldMs: number;
  watchedMs: number;
}

async function watchThread(page: Page): Promise<() => Promise<Held>> {
  const watch = await page.evaluateHandle(() => {
    let heldMs = 0;
    const since = performance.now();
    const add = (entries: PerformanceEntryList) => {
      for (const { duration } of entries) heldMs += duration;
    };
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: 'longtask' });
    return {
      result: () => {
        add(observer.takeRecords());
        return { heldMs, watchedMs: performance.now() - since };
      },
    };
  });
  return () => watch.evaluate(({ result }) => result());
}

test('while 100,000 rows are read and checked, the page is free for whoever goes on typing', async ({
  page,
  request,
}, testInfo) => {
  test.setTimeout(120_000);
  const list = await writeLargeList(testInfo.outputPath('everybody.csv'));
  const account = await signUp(request);
  await openShop(account);
  await signIn(page, account);
  await beginCampaign(page);
  const heldWhileReading = await watchThread(page);
  // The rows are in a worker's hands, not in the page's.
  await Promise.all([page.waitForEvent('worker'), page.getByLabel('List of recipients').setInputFiles(list)]);
  // The list is read on while one is on another step.
  await page.getByRole('button', { name: 'Back' }).click();
  const name = page.getByLabel('Name of the campaign');
  await name.press('End');
  await name.pressSequentially(' for everybody');
  await expect(name).toHaveValue('Autumn sale for everybody');
  await page.getByRole('link', { name: /Recipients/ }).click();
  await expect(page.getByText('100,000 rows, 4 columns')).toBeVisible({ timeout: 60_000 });
  const reading = await heldWhileReading();

  await page.getByRole('button', { name: 'Next: Map and fix' }).click();
  const heldWhileChecking = await watchThread(page);
  const text = page.getByLabel('Header: if the column is empty');
  await text.pressSequentially('friends of ours');
  await expect(text).toHaveValue('friends of ours');
  await expect(chip(page, 'Will be sent')).toHaveText(/100,000$/, { timeout: 60_000 });
  await expect(page.getByRole('group', { name: 'Show rows' })).not.toHaveClass(/opacity/, {
    timeout: 60_000,
  });
  const checking = await heldWhileChecking();

  // Read in the page itself, they would hold its thread nearly all the time.
  for (const { heldMs, watchedMs } of [reading, checking])
    expect(heldMs, `of ${Math.round(watchedMs)} ms`).toBeLessThan(watchedMs / 2);
});
