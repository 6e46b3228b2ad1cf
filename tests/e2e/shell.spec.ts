import { expect, test } from '@playwright/test';
import { signUp } from './support/api';
import { createCampaign, goodPhone, openShop } from './support/campaigns';
import { checkAtBothWidths, checkPage, desk, listen, signIn, views } from './support/pages';

const SECTIONS = ['Campaigns', 'Templates', 'Senders', 'Contacts', 'Settings'];

for (const { name, viewport, colorScheme } of views) {
  test.describe(`on a ${name}, ${colorScheme}`, () => {
    test.use({ viewport, colorScheme });

    test('every section is one step away, has a title of its own, and says where one is', async ({
      page,
      request,
    }) => {
      const complaints = listen(page);
      await signIn(page, await signUp(request));
      const titles = new Set<string>();
      for (const section of SECTIONS) {
        const link = page
          .getByRole('navigation', { name: 'Main' })
          .getByRole('link', { name: section, exact: true });
        await link.click();
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(link).toHaveAttribute('aria-current', 'page');
        await expect(page).toHaveTitle(new RegExp(`${section}.*Herald`));
        titles.add(await page.title());
        await checkPage(page);
      }
      expect(titles.size).toBe(SECTIONS.length);
      expect(complaints).toEqual([]);
    });

    test('the first steps show what has really been done, lead on, and can be hidden', async ({
      page,
      request,
    }) => {
      const account = await signUp(request);
      await signIn(page, account);
      const steps = page.getByRole('region', { name: /First steps/ });
      await expect(steps).toContainText('0 of 4 done');
      await openShop(account);
      await page.reload();
      await expect(steps).toContainText('2 of 4 done');
      await checkPage(page);
      await steps.getByRole('link', { name: 'New campaign' }).click();
      await page.waitForURL(/\/campaigns\/new/);
      await page.goto('/campaigns');
      const hide = steps.getByRole('button', { name: 'Hide' });
      // A page fresh from the server takes a moment before its scripts listen.
      await expect(async () => {
        if (await hide.isVisible()) await hide.click();
        await expect(steps).toHaveCount(0, { timeout: 2_000 });
      }).toPass();
      await page.reload();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(steps).toHaveCount(0);
    });
  });
}

test('⌘K finds a page or a campaign by a few letters, by the keyboard alone', async ({ page, request }) => {
  await page.setViewportSize(desk.viewport);
  const account = await signUp(request);
  const shop = await openShop(account);
  const id = await createCampaign(account, shop, { phones: [goodPhone(1)], name: 'Zebra crossing' });
  await signIn(page, account);
  await page.keyboard.press('ControlOrMeta+k');
  const finder = page.getByRole('combobox', { name: 'Find a page or a campaign' });
  await expect(finder).toBeFocused();
  await checkAtBothWidths(page);
  await page.keyboard.type('zeb');
  await expect(page.getByRole('option', { name: /Zebra crossing/ })).toBeVisible();
  await checkAtBothWidths(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/campaigns/${id}`);

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('nothing of that name');
  await expect(page.getByRole('status').filter({ hasText: 'Nothing is called' })).toBeVisible();
  await checkAtBothWidths(page);
  await page.keyboard.press('Escape');
  await expect(finder).toHaveCount(0);
});

test('letters lead everywhere, mean themselves where one types, and can be switched off', async ({
  page,
  request,
}) => {
  await page.setViewportSize(desk.viewport);
  const account = await signUp(request);
  const shop = await openShop(account);
  for (const phone of [1, 2])
    await createCampaign(account, shop, { phones: [goodPhone(phone)], name: `Shop ${phone}` });
  await signIn(page, account);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  // A page fresh from the server takes a moment before its scripts listen.
  await expect(async () => {
    if (!(await help.isVisible())) await page.keyboard.press('?');
    await expect(help).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await checkAtBothWidths(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: 'Shop 1' }).filter({ visible: true })).toBeFocused();
  await page.keyboard.press('k');
  await expect(page.getByRole('link', { name: 'Shop 2' }).filter({ visible: true })).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox').first()).toBeFocused();
  await page.keyboard.type('gs?n');
  await expect(page).toHaveURL(/\/campaigns/);
  await expect(page.getByRole('searchbox').first()).toHaveValue('gs?n');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.waitForURL(/\/senders/);

  await account.api.patch('/api/settings', { shortcuts_enabled: false });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('?');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Find a page or a campaign' })).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toHaveCount(0);
});
