import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { answerOf, signUp } from './support/api';
import {
  createCampaign,
  goodPhone,
  isCompleted,
  openShop,
  send,
  specialPhone,
  untilCampaign,
} from './support/campaigns';
import { checkAtBothWidths, checkPage, desk, listen, phone, press, signIn, views } from './support/pages';

const goodPhones = (count: number) => Array.from({ length: count }, (_, i) => goodPhone(i));

test.describe('on a phone', () => {
  test.use({ viewport: phone.viewport, colorScheme: phone.colorScheme });

  test('a running campaign shows its rate and time left, takes a new speed, and says who paused it', async ({
    page,
    request,
  }) => {
    // A rate needs twenty seconds of watching.
    test.setTimeout(120_000);
    const complaints = listen(page);
    const account = await signUp(request);
    const shop = await openShop(account, { rate_limit: 100 });
    const id = await createCampaign(account, shop, { phones: goodPhones(3_000), name: 'Autumn sale' });
    await send(account, id, { rate_limit: 40 });
    await signIn(page, account);
    await page.goto(`/campaigns/${id}`);
    await expect(page.getByText('Rate now').locator('..')).toContainText(/\d+(\.\d)? a second/, {
      timeout: 30_000,
    });
    await expect(page.getByText('Time left').locator('..')).toContainText(/about \d+ min|less than a minute/);
    await expect(page).toHaveTitle(/^\d+% · Autumn sale · Herald$/);
    await checkAtBothWidths(page);

    await page.getByRole('spinbutton', { name: /Messages a second/ }).fill('150');
    await expect(page.getByText('Saved; takes effect within 2 seconds.')).toBeVisible();
    expect((await account.api.campaign(id)).rate_limit).toBe(150);
    await expect(page.getByText(/own limit is lower: 100 messages a second/)).toBeVisible();
    await page.getByRole('slider', { name: 'Requests at once' }).press('ArrowRight');
    await expect.poll(async () => (await account.api.campaign(id)).worker_count).toBe(11);

    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
    await expect(page.getByText(/messages wait until you resume/)).toBeVisible();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await expect(timeline.getByRole('listitem').first()).toContainText('Eve paused it');
    await expect(timeline).toContainText('set the speed to 150 a second');
    await expect(page).toHaveTitle('Autumn sale · Herald');
    await checkAtBothWidths(page);

    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(timeline.getByRole('listitem').first()).toContainText('Eve resumed it');
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    expect(complaints).toEqual([]);
  });
});

test.describe('at a desk', () => {
  test.use({ viewport: desk.viewport, colorScheme: desk.colorScheme });

  test('failures stand by cause with their remedy; what may help is retried, and only that', async ({
    page,
    request,
  }) => {
    const complaints = listen(page);
    const account = await signUp(request);
    const shop = await openShop(account);
    const phones = [
      goodPhone(1),
      specialPhone('0002'),
      specialPhone('0002', 1),
      specialPhone('0035'),
      specialPhone('0006'),
    ];
    const id = await createCampaign(account, shop, { phones });
    await send(account, id);
    await untilCampaign(account, id, (c) => isCompleted(c) && c.delivered === 1);
    await signIn(page, account);
    await page.goto(`/campaigns/${id}`);
    const causes = page.getByRole('region', { name: 'Failed, by cause' }).getByRole('listitem');
    await expect(causes).toHaveCount(2);
    const unreachable = causes.filter({ hasText: '131026' });
    await expect(unreachable).toContainText('not on WhatsApp');
    await expect(unreachable).toContainText('Sending again does not help.');
    await expect(unreachable.getByRole('button', { name: /Retry/ })).toHaveCount(0);
    await checkAtBothWidths(page);

    await unreachable.getByRole('button', { name: 'Add 2 numbers to do-not-contact' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Add to the list' }).click();
    await expect(unreachable.getByRole('status')).toHaveText('2 numbers on the do-not-contact list.');
    await page.reload();
    await expect(unreachable.getByRole('status')).toHaveText('2 numbers on the do-not-contact list.');
    await expect(unreachable.getByRole('button', { name: /do-not-contact/ })).toHaveCount(0);

    await unreachable.getByRole('button', { name: 'Show' }).click();
    await expect(page).toHaveURL(/\?status=failed&error=131026$/);
    const rows = page.getByRole('region', { name: 'Recipients' }).getByRole('row');
    await expect(rows).toHaveCount(3);
    await page.reload();
    await expect(rows).toHaveCount(3);
    const sheet = page.getByRole('dialog', { name: specialPhone('0002', 1) });
    await press(page.getByRole('button', { name: specialPhone('0002', 1) }), sheet);
    await expect(sheet.getByRole('listitem').last()).toContainText('Failed');
    await checkAtBothWidths(page);
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();

    await causes.filter({ hasText: '131030' }).getByRole('button', { name: 'Retry 1' }).click();
    await checkAtBothWidths(page);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Retry' }).click();
    const retried = () => account.api.recipients(id, `&search=${encodeURIComponent(specialPhone('0035'))}`);
    await expect.poll(async () => (await retried())[0]?.attempts, { timeout: 15_000 }).toBe(2);
    expect(
      (await account.api.recipients(id, '&status=failed&error_code=131026')).map((r) => r.attempts),
    ).toEqual([1, 1]);
    await untilCampaign(account, id, isCompleted);

    await page.getByRole('radio', { name: /Send again by itself/ }).check();
    await expect.poll(async () => (await account.api.campaign(id)).unconfirmed_policy).toBe('resend');
    await page.getByRole('button', { name: 'Send again 1' }).click();
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toContainText('gets it twice');
    await dialog.getByRole('button', { name: 'Send again' }).click();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await expect(timeline.getByText('put 1 recipient back in the queue')).toHaveCount(2);
    await expect
      .poll(
        async () =>
          (await account.api.recipients(id, `&search=${specialPhone('0006').slice(1)}`))[0]?.attempts,
        {
          timeout: 30_000,
        },
      )
      .toBe(2);
    expect(complaints).toEqual([]);
  });
});

for (const { name, viewport, colorScheme } of views) {
  test.describe(`on a ${name}, ${colorScheme}`, () => {
    test.use({ viewport, colorScheme });

    test('the list filters, sorts and searches by its address, and a row is paused where it stands', async ({
      page,
      request,
    }) => {
      const complaints = listen(page);
      const account = await signUp(request);
      const shop = await openShop(account);
      const zebra = await createCampaign(account, shop, { phones: [goodPhone(1)], name: 'Zebra' });
      const id = await createCampaign(account, shop, { phones: goodPhones(3_000), name: 'Running' });
      await createCampaign(account, shop, { phones: [goodPhone(1)], name: 'Apple 🍏 עברית' });
      await send(account, id, { rate_limit: 30 });
      await signIn(page, account);
      const names = page.getByRole('link', { name: /Zebra|Running|Apple/ }).filter({ visible: true });
      await expect(names).toHaveText([/Apple/, /Running/, /Zebra/]);
      await expect(page.getByText('3 campaigns')).toBeVisible();
      const row = page
        .locator(name === 'phone' ? 'li' : 'tr')
        .filter({ hasText: 'Running' })
        .filter({ visible: true });
      const before = await row.getByText(/of 3,000/).innerText();
      await expect(row.getByText(/of 3,000/)).not.toHaveText(before);
      await checkPage(page);

      if (name === 'phone') await row.getByRole('button', { name: 'Pause Running' }).click();
      else {
        await row.getByRole('button', { name: 'Actions for Running' }).click();
        await expect(page.getByRole('menuitem')).toHaveText(['Open', 'Report', 'Pause', 'Stop…']);
        await checkPage(page);
        await page.getByRole('menuitem', { name: 'Pause' }).click();
      }
      await expect(row.getByText('Paused', { exact: true })).toBeVisible();
      await expect.poll(async () => (await account.api.campaign(id)).status).toBe('paused');
      await expect(names).toHaveText([/Apple/, /Running/, /Zebra/]);

      await page.getByLabel('Order').selectOption('oldest');
      await page.waitForURL(/sort=oldest/);
      await expect(names).toHaveText([/Zebra/, /Running/, /Apple/]);
      await page.getByLabel('Status').selectOption('paused');
      await page.waitForURL(/status=paused/);
      await expect(names).toHaveText([/Running/]);
      await page.reload();
      await expect(names).toHaveText([/Running/]);
      await page.getByRole('searchbox').fill('nothing like it');
      await expect(page.getByText('No campaign matches')).toBeVisible();
      await checkPage(page);
      await page.getByRole('link', { name: 'Show all' }).click();
      await expect(names).toHaveCount(3);

      const scheduled_at = new Date(Date.now() + 86_400_000).toISOString();
      await answerOf(await account.api.patch(`/api/campaigns/${zebra}`, { scheduled_at }), 200);
      await names.filter({ hasText: 'Zebra' }).click();
      await page.waitForURL(`**/campaigns/${zebra}`);
      await expect(page.getByText('Scheduled', { exact: true })).toBeVisible();
      await checkPage(page);
      expect(complaints).toEqual([]);
    });

    test('a long list of recipients is read on by scrolling, found by any form of a number, and stays light', async ({
      page,
      request,
    }) => {
      const account = await signUp(request);
      const shop = await openShop(account);
      const id = await createCampaign(account, shop, { phones: goodPhones(600) });
      await signIn(page, account);
      await page.goto(`/campaigns/${id}`);
      await expect(page.getByText('100 recipients so far')).toBeVisible();
      const last = page.getByRole('button', { name: goodPhone(599) });
      await expect(async () => {
        await page.mouse.wheel(0, 20_000);
        await expect(last).toBeVisible({ timeout: 500 });
      }).toPass({ timeout: 30_000 });
      await expect(page.getByText('600 recipients', { exact: true })).toBeVisible();
      const overlap = await last.evaluate((number) => {
        const status = number.closest('td')?.nextElementSibling;
        return number.getBoundingClientRect().right - (status?.getBoundingClientRect().left ?? 0);
      });
      expect(overlap, 'a number stands in its own column').toBeLessThanOrEqual(0);
      expect(await page.getByRole('row').count()).toBeLessThan(100);
      await page.getByLabel('Search the recipients').fill('(202) 210-1234');
      await expect(page.getByText('1 recipient', { exact: true })).toBeVisible();
      await expect(page.getByRole('button', { name: '+12022101234' })).toBeVisible();
      await expect(page).toHaveURL(/search=/);
    });
  });
}

test('the failed of a campaign, exported, go straight back into a new one', async ({ page, request }) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const phones = [goodPhone(1), specialPhone('0002'), specialPhone('0010'), specialPhone('0002', 1)];
  const id = await createCampaign(account, shop, { phones });
  await send(account, id);
  await untilCampaign(account, id, isCompleted);
  await signIn(page, account);
  await page.goto(`/campaigns/${id}?status=failed`);
  // Its scripts have taken over: times are the reader's now.
  await expect(page.locator('time').filter({ hasText: 'UTC' })).toHaveCount(0);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Autumn-failed.csv');
  const buffer = await readFile(await download.path());
  expect([...buffer.subarray(0, 3)], 'a spreadsheet knows UTF-8 by it').toEqual([0xef, 0xbb, 0xbf]);
  const template = shop.template('delivery_on_its_way');
  const keys = template.parameters.map(({ key }) => [key, key]);
  const answer = await account.api.upload({
    name: 'Again',
    template_id: String(template.id),
    mapping: JSON.stringify({ phone_number: 'phone_number', ...Object.fromEntries(keys) }),
    file: { name: 'failed.csv', mimeType: 'text/csv', buffer },
  });
  expect(await answerOf(answer, 201)).toMatchObject({ rows: 3, imported: 3, invalid: 0, duplicates: 0 });
});

test('a second tab stays in step, and a lost connection says since when, and comes back', async ({
  page,
  request,
  context,
}) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const id = await createCampaign(account, shop, { phones: goodPhones(2_000) });
  await signIn(page, account);
  await page.goto(`/campaigns/${id}`);
  const second = await context.newPage();
  await second.goto(`/campaigns/${id}`);
  await page.getByRole('button', { name: 'Send 2,000 messages' }).click();
  await expect(second.getByRole('button', { name: 'Pause' })).toBeVisible();
  await second.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();

  await account.api.patch(`/api/campaigns/${id}`, { name: 'Renamed' });
  for (const tab of [page, second])
    await expect(tab.getByRole('heading', { level: 1, name: 'Renamed' })).toBeVisible();

  // Back from the background, where a tab may sleep through what comes: it asks how things stand.
  const asksAnew = second.waitForRequest((sent) => sent.url().endsWith(`/api/campaigns/${id}/events`));
  await second.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await asksAnew;
  await account.api.patch(`/api/campaigns/${id}`, { name: 'Renamed again' });
  await expect(second.getByRole('heading', { level: 1, name: 'Renamed again' })).toBeVisible();

  await page.route('**/api/campaigns/**', (route) => route.abort());
  await page.reload();
  await expect(page.getByText(/Reconnecting… last update \d\d:\d\d:\d\d/)).toBeVisible({ timeout: 15_000 });
  await checkPage(page);
  await page.unroute('**/api/campaigns/**');
  await expect(page.getByText(/Reconnecting/)).toBeHidden({ timeout: 15_000 });
});
