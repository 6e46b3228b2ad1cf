import { expect, test, type Page } from '@playwright/test';
import { signUp, type Account } from './support/api';
import { goodPhone, openShop } from './support/campaigns';
import { enter, retype, tabTo } from './support/keys';
import { listen, views } from './support/pages';
import { csvFile, expectCounts, untilCampaignPage } from './support/wizard';

// Nothing here clicks, fills or focuses: what a key cannot do is not done.

/** More than are sent while the test watches; the last one to be mended. */
const COUNT = 3_000;
const LIST = csvFile(
  [
    'First name,Mobile,Discount,Offer code',
    ...Array.from({ length: COUNT - 1 }, (_, i) => `Ana,${goodPhone(i)},10%,ana-${i}`),
    'Bad,12,10%,bad',
  ].join('\n'),
);

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

async function signInByKeys(page: Page, { email, password }: Account): Promise<void> {
  await page.goto('/login');
  await expect(button(page, 'Sign in')).toBeEnabled();
  await retype(page, page.getByLabel('Email'), email);
  await retype(page, page.getByLabel('Password', { exact: true }), password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/campaigns');
  // A page fresh from the server takes a moment before its scripts listen.
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(async () => {
    await page.keyboard.press('?');
    await expect(help).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
}

async function chooseTemplate(page: Page): Promise<void> {
  await page.keyboard.press('n');
  await page.waitForURL(/\/campaigns\/new\/[\w-]+\?step=template/);
  await tabTo(page, page.getByLabel('Template', { exact: true }).and(page.getByRole('searchbox')));
  await page.keyboard.type('black friday');
  await tabTo(page, page.getByRole('radio', { name: /black_friday/ }));
  await page.keyboard.press('Space');
  await retype(page, page.getByLabel('Name of the campaign'), 'By keys');
  await enter(page, button(page, 'Next: Recipients'));
  await expect(heading(page, 'Recipients')).toBeFocused();
}

async function chooseList(page: Page): Promise<void> {
  await enter(page, button(page, 'Paste rows'));
  await expect(page.getByLabel('Rows from a spreadsheet')).toBeFocused();
  await page.keyboard.insertText('Mobile\n12');
  await enter(page, button(page, 'Use these rows'));
  await expect(page.getByText('1 row, 1 column')).toBeVisible();
  await expect(heading(page, 'Recipients'), 'the button is gone: one goes on from the heading').toBeFocused();
  await enter(page, button(page, 'Take another list'));
  await expect(heading(page, 'Recipients')).toBeFocused();
  // A window for choosing a file is the browser's own: a busy one does not always open it.
  await expect(async () => {
    await tabTo(page, button(page, 'Choose a file'));
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser', { timeout: 3_000 }),
      page.keyboard.press('Enter'),
    ]);
    await chooser.setFiles(LIST);
  }).toPass();
  await expect(page.getByText('3,000 rows, 4 columns')).toBeVisible();
  await expect(heading(page, 'Recipients')).toBeFocused();
  await enter(page, button(page, 'Next: Map and fix'));
  await expect(heading(page, 'Map and fix')).toBeFocused();
}

async function mapAndMend(page: Page): Promise<void> {
  await tabTo(page, page.getByLabel('Header: filled by'));
  await page.keyboard.type('The same text');
  await retype(page, page.getByLabel('Header: the text'), 'friends');
  await expectCounts(page, { Invalid: 1, 'Will be sent': COUNT - 1 });
  const grid = page.getByRole('grid');
  await tabTo(page, grid);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.type(goodPhone(COUNT));
  await page.keyboard.press('Enter');
  await expectCounts(page, { Invalid: 0, 'Will be sent': COUNT });
  await expect(grid, 'also with the last faulty row mended').toBeFocused();
  await enter(page, button(page, 'Next: Review and send'));
  await expect(heading(page, 'Review and send')).toBeFocused();
}

async function sendByKeys(page: Page): Promise<void> {
  await retype(page, page.getByLabel(/messages a second/i), '20');
  await tabTo(page, page.getByLabel(/have agreed/));
  await page.keyboard.press('Space');
  const send = button(page, 'Send 3,000 messages');
  await enter(page, send);
  await expect(page.getByLabel('Type 3,000 to confirm')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(send).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Type 3,000 to confirm')).toBeFocused();
  await page.keyboard.type('3000');
  await page.keyboard.press('Enter');
  // 3,000 people are stored first.
  await expect(button(page, 'Undo')).toBeFocused({ timeout: 20_000 });
  await untilCampaignPage(page);
}

async function openOneRecipient(page: Page): Promise<void> {
  await tabTo(page, page.getByLabel('Status of the recipients'));
  await page.keyboard.type('Waiting');
  await page.waitForURL(/\?status=pending$/);
  const last = button(page, goodPhone(COUNT - 2));
  await tabTo(page, page.getByLabel('Search the recipients'), 'Shift+Tab');
  await page.keyboard.type(goodPhone(COUNT - 2));
  await expect(page.getByText('1 recipient', { exact: true })).toBeVisible();
  await enter(page, last);
  const sheet = page.getByRole('dialog', { name: goodPhone(COUNT - 2) });
  await expect(sheet).toBeVisible();
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press('Tab');
    await expect(sheet.locator(':focus'), 'the focus stays in it').toHaveCount(1);
  }
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(last).toBeFocused();
}

async function stop(page: Page): Promise<void> {
  await enter(page, button(page, 'Stop'));
  const dialog = page.getByRole('alertdialog');
  const cancel = dialog.getByRole('button', { name: 'Cancel' });
  await expect(cancel).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Stop')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(cancel).toBeFocused();
  await enter(page, dialog.getByRole('button', { name: 'Stop for good' }));
  await expect(page.getByText('Stopped', { exact: true }).first()).toBeVisible();
  await expect(heading(page, 'By keys'), 'the button is gone: one goes on from the heading').toBeFocused();
}

for (const { name, viewport, colorScheme } of views) {
  test.describe(`on a ${name}, ${colorScheme}`, () => {
    test.use({ viewport, colorScheme });

    test('by the keyboard alone a campaign is made, sent, paused, slowed, looked into and stopped', async ({
      page,
      request,
    }) => {
      test.setTimeout(180_000);
      const complaints = listen(page);
      const account = await signUp(request);
      await openShop(account);
      await signInByKeys(page, account);
      await chooseTemplate(page);
      await chooseList(page);
      await mapAndMend(page);
      await sendByKeys(page);

      const id = page.url().split('/').at(-1) ?? '';
      await enter(page, button(page, 'Pause'));
      await expect(button(page, 'Resume')).toBeFocused();
      await expect.poll(async () => (await account.api.campaign(id)).status).toBe('paused');
      await retype(page, page.getByRole('spinbutton', { name: /Messages a second/ }), '30');
      await expect.poll(async () => (await account.api.campaign(id)).rate_limit).toBe(30);
      await tabTo(page, page.getByRole('slider', { name: 'Requests at once' }));
      await page.keyboard.press('ArrowRight');
      await expect.poll(async () => (await account.api.campaign(id)).worker_count).toBe(11);
      await openOneRecipient(page);
      await enter(page, button(page, 'Resume'), 'Shift+Tab');
      await expect(button(page, 'Pause')).toBeFocused();
      await expect.poll(async () => (await account.api.campaign(id)).status).toBe('active');
      await stop(page);
      expect(complaints).toEqual([]);
    });
  });
}
