import { expect, test, type APIRequestContext, type Page } from '@playwright/test';
import { newEmail, signUp } from './support/api';
import { createCampaign, goodPhone, isCompleted, openShop, send, untilCampaign } from './support/campaigns';
import {
  checkAtBothWidths,
  checkPage,
  desk,
  listen,
  phone,
  press,
  signIn,
  views,
  violationsOf,
} from './support/pages';

async function openCampaign(request: APIRequestContext, count: number) {
  const account = await signUp(request);
  const shop = await openShop(account);
  const phones = Array.from({ length: count }, (_, i) => goodPhone(i));
  return { account, shop, id: await createCampaign(account, shop, { phones, name: 'Autumn sale' }) };
}

/** The number under a stage of the funnel. */
async function stage(page: Page, word: string): Promise<number> {
  const item = page.getByRole('listitem').filter({ has: page.getByText(word, { exact: true }) });
  return Number((await item.locator('p').nth(1).innerText()).replace(/\D/g, ''));
}

for (const { name, viewport, colorScheme } of views) {
  test.describe(`on a ${name}, ${colorScheme}`, () => {
    test.use({ viewport, colorScheme });

    test('a person signs up, finds nothing yet, signs out, and in again', async ({ page }) => {
      const complaints = listen(page, [422]);
      const account = { email: newEmail(), password: 'correct horse battery staple' };
      await page.goto('/signup');
      await press(
        page.getByRole('button', { name: 'Create account' }),
        page.getByRole('alert').filter({ hasText: 'Email' }),
      );
      await checkPage(page);
      await page.getByLabel('Name (optional)').fill('Ana');
      await page.getByLabel('Email').fill(account.email);
      await page.getByLabel('Password', { exact: true }).fill(account.password);
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.waitForURL(/\/campaigns/);
      await expect(page.getByRole('region', { name: /First steps/ })).toContainText('0 of 4 done');
      await checkPage(page);

      const accountMenu = page.getByRole('button', { name: /Account|@example/ }).filter({ visible: true });
      const signOut = page.getByRole('menuitem', { name: 'Sign out' });
      await press(accountMenu, signOut);
      await checkPage(page);
      await signOut.click();
      await page.waitForURL(/\/login/);
      await checkPage(page);
      await signIn(page, account);
      expect(complaints).toEqual([]);
    });

    test('the list leads to a campaign, whose counts live while it is sent, paused, resumed and stopped', async ({
      page,
      request,
    }) => {
      const complaints = listen(page);
      const { account, id } = await openCampaign(request, 2_000);
      await signIn(page, account);
      await checkPage(page);
      await page.getByRole('link', { name: 'Autumn sale' }).filter({ visible: true }).click();
      await page.waitForURL(`**/campaigns/${id}`);
      await expect(page.getByRole('heading', { level: 1, name: 'Autumn sale' })).toBeVisible();

      await page.getByRole('button', { name: 'Send 2,000 messages' }).click();
      const seen = new Set<number>();
      await expect
        .poll(async () => seen.add(await stage(page, 'Sent')).size, { intervals: [100], timeout: 15_000 })
        .toBeGreaterThan(5);
      await checkPage(page);
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
      expect((await account.api.campaign(id)).status).toBe('paused');
      const still = await untilCampaign(account, id, ({ sent, delivered }) => sent === delivered);
      await expect.poll(() => stage(page, 'Delivered')).toBe(still.sent);

      await page.getByRole('button', { name: 'Resume' }).click();
      await expect.poll(() => stage(page, 'Sent'), { timeout: 10_000 }).toBeGreaterThan(still.sent);
      await page.getByRole('button', { name: 'Stop' }).click();
      const dialog = page.getByRole('alertdialog');
      await expect(dialog).toContainText('will never be sent');
      await checkPage(page);
      await dialog.getByRole('button', { name: 'Stop for good' }).click();
      await expect(page.getByRole('button', { name: 'Delete' })).toBeVisible();
      await expect(page.getByText('Stopped', { exact: true }).first()).toBeVisible();
      await expect.poll(async () => (await account.api.campaign(id)).status).toBe('stopped');
      await checkPage(page);
      expect(complaints).toEqual([]);
    });

    test('a finished campaign shows whom it did not reach and why', async ({ page, request }) => {
      const complaints = listen(page);
      const account = await signUp(request);
      const shop = await openShop(account);
      const phones = [goodPhone(1), goodPhone(2), '+12025550002', '+12025550006'];
      const id = await createCampaign(account, shop, { phones });
      await send(account, id);
      await untilCampaign(account, id, (c) => isCompleted(c) && c.delivered === 2);
      await signIn(page, account);
      await page.goto(`/campaigns/${id}`);
      await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible();
      expect([
        await stage(page, 'Queued'),
        await stage(page, 'Sent'),
        await stage(page, 'Delivered'),
      ]).toEqual([4, 2, 2]);
      await expect(
        page
          .getByText(/not on WhatsApp/i)
          .filter({ visible: true })
          .first(),
      ).toBeVisible();
      await checkPage(page);
      expect(complaints).toEqual([]);
    });
  });
}

test('the API page reads well', async ({ page }) => {
  // The longest page there is: minutes of work for the checker, and all of its operations are drawn by one component.
  test.setTimeout(120_000);
  const complaints = listen(page);
  await page.setViewportSize(desk.viewport);
  await page.goto('/docs');
  await page.setViewportSize(phone.viewport);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.setViewportSize(desk.viewport);
  const links = await page
    .locator('nav a[href^="#"]')
    .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  expect(links.length).toBeGreaterThan(50);
  for (const href of new Set(links)) await expect(page.locator(href ?? '')).toHaveCount(1);
  // Two of each tag, first and last: the contents then lead to fewer, which no rule minds.
  const left = await page.evaluate(() => {
    for (const tag of document.querySelectorAll('main section:has(> article)'))
      [...tag.querySelectorAll(':scope > article')].slice(1, -1).forEach((operation) => operation.remove());
    return document.querySelectorAll('main article').length;
  });
  expect(left).toBeGreaterThan(15);
  await checkPage(page);
  // The same text on a phone: what depends on its width alone.
  await page.setViewportSize(phone.viewport);
  expect(await violationsOf(page, ['target-size', 'scrollable-region-focusable'])).toEqual([]);
  expect(complaints).toEqual([]);
});

test("another workspace's campaign is a page not found, and without a session the sign-in leads back", async ({
  page,
  request,
}) => {
  const { id } = await openCampaign(request, 1);
  await page.setViewportSize(desk.viewport);
  await page.goto(`/campaigns/${id}`);
  await expect(page).toHaveURL(new RegExp(`/login\\?callbackUrl=.*${id}`));
  const stranger = await signUp(request);
  await page.getByLabel('Email').fill(stranger.email);
  await page.getByLabel('Password', { exact: true }).fill(stranger.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(new RegExp(`/campaigns/${id}`));
  await expect(page.getByText('Autumn sale')).toHaveCount(0);
  await expect(page.getByText(/not found|no such|does not exist|nothing here/i).first()).toBeVisible();
  await checkAtBothWidths(page);
  await page.context().clearCookies();
  await page.goto('/no/such/page');
  await checkAtBothWidths(page);
});

test('a sign-in that fails says so, and keeps the email', async ({ page }) => {
  await page.setViewportSize(desk.viewport);
  await page.goto('/login');
  const email = newEmail();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('a wrong password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(email);
  await expect(page).toHaveURL(/\/login/);
  await checkAtBothWidths(page);
});
