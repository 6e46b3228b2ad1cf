import { expect, test, type Page } from '@playwright/test';
import { z } from 'zod';
import { answerOf, signUp, type Account } from './support/api';
import { goodPhone, isCompleted, openShop, untilCampaign } from './support/campaigns';
import { checkPage, listen, press, signIn, views } from './support/pages';
import { ledger } from './support/sandbox';
import { chip, chooseFile, confirmAndSend, csvFile, expectCounts, untilCampaignPage } from './support/wizard';

/** Good rows for black_friday; in every one but the last there is a town too, which only the second message needs. */
function listOf(count: number) {
  const rows = Array.from(
    { length: count },
    (_, i) => `Ana,${goodPhone(i)},10%,ana-${i},${i === count - 1 ? '' : 'Bonn'}`,
  );
  return csvFile(['First name,Mobile,Discount,Offer code,Town', ...rows].join('\n'));
}

const shownShape = z.object({
  id: z.string(),
  name: z.string(),
  template_id: z.number(),
  variants: z.array(
    z.object({
      key: z.string(),
      template_id: z.number(),
      share: z.number(),
      sent: z.number(),
      pending: z.number(),
    }),
  ),
  holdback: z
    .object({
      percent: z.number(),
      decide_by: z.string(),
      after_minutes: z.number().nullable(),
      winner: z.string().nullable(),
    })
    .nullable(),
});

const recipientsShape = z.object({
  recipients: z.array(z.object({ variant: z.string(), params: z.record(z.string(), z.string()) })),
});

async function onlyCampaign({ api }: Account) {
  const [campaign] = z
    .array(z.object({ id: z.string() }))
    .parse(await answerOf(await api.get('/api/campaigns'), 200));
  return shownShape.parse(await answerOf(await api.get(`/api/campaigns/${campaign?.id}`), 200));
}

/** From the list of campaigns to a test of two, by the keyboard where something is new. */
async function chooseTwo(page: Page): Promise<void> {
  await page.goto('/campaigns/new');
  await page.waitForURL(/\/campaigns\/new\/[\w-]+\?step=template/);
  await page.getByRole('searchbox').fill('black friday');
  await page.getByRole('radio', { name: /black_friday/ }).check();
  await page.getByLabel('Name of the campaign').fill('Two towns');
  await page.getByRole('button', { name: 'Test several messages' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Template of message B')).toBeFocused();
  await page.keyboard.type('black friday');
  // The list's only radio is reached by the keyboard, and the space bar chooses it.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: /black_friday/ })).toBeChecked();
}

const share = (page: Page, key: string) => page.getByLabel(`Message ${key}: percent of the people`);
const tab = (page: Page, key: string) =>
  page.getByRole('group', { name: 'Message' }).getByRole('button', { name: `Message ${key}` });

for (const { name, viewport, colorScheme } of views)
  test.describe(`on a ${name}`, () => {
    test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('a test is put together in the wizard, and the campaign counts each message', async ({
      page,
      request,
    }) => {
      test.setTimeout(180_000);
      const complaints = listen(page);
      const account = await signUp(request);
      const shop = await openShop(account);
      await signIn(page, account);
      await chooseTwo(page);

      // Shares: of two the other one follows, of three they must be made to add up.
      await expect(share(page, 'A')).toHaveValue('50');
      await share(page, 'B').fill('40');
      await expect(share(page, 'A')).toHaveValue('60');
      await page.getByRole('button', { name: 'Add another message' }).click();
      await expect(page.getByLabel('Template of message C')).toBeFocused();
      await expect(share(page, 'A')).toHaveValue('34');
      await share(page, 'A').fill('40');
      await expect(page.getByText('The shares add up to 106 %: make it 100 %.')).toBeVisible();
      await page.getByRole('button', { name: 'Next: Recipients' }).click();
      await expect(page.getByRole('button', { name: 'Message C: Choose a template.' })).toBeVisible();
      await checkPage(page);
      await page.getByRole('button', { name: 'Remove message C' }).click();
      await expect(share(page, 'A')).toHaveValue('50');

      await page.getByRole('button', { name: 'Next: Recipients' }).click();
      await chooseFile(page, listOf(60));
      await page.getByRole('button', { name: 'Next: Map and fix' }).click();
      await expect(page.getByLabel('Phone number: filled by')).toHaveValue('column:Mobile');
      await expectCounts(page, { 'Will be sent': 60, 'Value missing': 0 });

      // What only B needs decides over everybody: the groups must be alike.
      await tab(page, 'B').click();
      await expect(tab(page, 'B')).toHaveAttribute('aria-pressed', 'true');
      await page.getByLabel('Header: filled by').selectOption('column:Town');
      await expectCounts(page, { 'Will be sent': 59, 'Value missing': 1 });
      await expect(
        page
          .getByRole('grid')
          .getByText(/Message B: /)
          .first(),
      ).toBeVisible();
      await tab(page, 'A').click();
      await expect(page.getByLabel('Header: filled by')).not.toHaveValue('column:Town');
      await tab(page, 'B').click();
      await checkPage(page);

      // Reload: the address has the message, the draft what fills it.
      await expect(page.getByText(/^Saved/)).toBeVisible();
      await page.reload();
      await expect(tab(page, 'B')).toHaveAttribute('aria-pressed', 'true');
      await expect(page.getByLabel('Header: filled by')).toHaveValue('column:Town');
      await expect(chip(page, 'Will be sent')).toHaveText(/59$/);
      // Nothing fills it: the message is marked, and the way on leads to it from the other one.
      await page.getByLabel('Header: filled by').selectOption('');
      await tab(page, 'A').click();
      await expect(tab(page, 'B')).toHaveAccessibleName(/unfinished/);
      await page.getByRole('button', { name: 'Next: Review and send' }).click();
      await expect(tab(page, 'B')).toHaveAttribute('aria-pressed', 'true');
      await expect(page.getByLabel('Header: filled by')).toBeFocused();
      await page.getByLabel('Header: filled by').selectOption('column:Town');
      await page.getByRole('button', { name: 'Next: Review and send' }).click();

      await page.waitForURL(/step=review/);
      const messages = page.getByRole('region', { name: 'Messages tested' });
      await expect(messages.getByRole('row', { name: /^A black_friday/ })).toContainText('50 %');
      await expect(messages.getByText('Too few people to tell the messages apart')).toBeVisible();
      await checkPage(page);

      // A test of B, with the values of B's own first row.
      await press(page.getByRole('button', { name: 'Send a test message' }), page.getByRole('dialog'));
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByLabel('Header', { exact: true })).toHaveValue('Ana');
      await dialog.getByRole('button', { name: 'Message B' }).click();
      await expect(dialog.getByLabel('Header', { exact: true })).toHaveValue('Bonn');
      await checkPage(page);
      await page.keyboard.press('Escape');

      await confirmAndSend(page);
      await expect(page.getByText('It tests 2 messages: each person gets one of them')).toBeVisible();
      await checkPage(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Send 59 messages' }).click();
      await untilCampaignPage(page);
      const { id } = await onlyCampaign(account);
      await untilCampaign(account, id, isCompleted, 60_000);
      const { variants, holdback } = await onlyCampaign(account);
      expect(holdback).toBeNull();
      expect(variants.map(({ key, share }) => [key, share])).toEqual([
        ['A', 50],
        ['B', 50],
      ]);
      const [a, b] = variants.map(({ sent }) => sent);
      expect((a ?? 0) + (b ?? 0)).toBe(59);
      const panel = page.getByRole('region', { name: 'Messages compared' });
      await expect(panel.getByRole('row', { name: /^A black_friday/ })).toContainText(`${a} people`);
      await expect(panel.getByRole('row', { name: /^B black_friday/ })).toContainText(`${b} people`);
      await checkPage(page);

      // Each message went as it was mapped, and everybody got one.
      const listed = await answerOf(await account.api.get(`/api/campaigns/${id}/recipients?limit=500`), 200);
      const { recipients } = recipientsShape.parse(listed);
      const headers = (key: string) =>
        recipients.filter(({ variant }) => variant === key).map(({ params }) => params.header_param_1);
      expect(headers('A')).toEqual(Array.from({ length: a ?? 0 }, () => 'Ana'));
      expect(headers('B')).toEqual(Array.from({ length: b ?? 0 }, () => 'Bonn'));
      expect(new Set((await ledger(shop.sender.phone_number_id)).map(({ to }) => to)).size).toBe(59);
      expect(complaints).toEqual([]);
    });
  });

test('some are sent to first, and a person chooses what the others get', async ({ page, request }) => {
  test.setTimeout(180_000);
  await page.setViewportSize(views[1].viewport);
  const account = await signUp(request);
  const shop = await openShop(account);
  await signIn(page, account);
  await chooseTwo(page);
  // Another template for B: it is mapped by itself.
  await page.getByRole('searchbox').fill('delivery on its way');
  await page.getByRole('radio', { name: /delivery_on_its_way/ }).check();
  await page.getByRole('button', { name: 'Next: Recipients' }).click();
  await chooseFile(page, listOf(80));
  await page.getByRole('button', { name: 'Next: Map and fix' }).click();
  await tab(page, 'B').click();
  for (const field of ['Text {{1}}', 'Text {{2}}']) {
    await page.getByLabel(`${field}: filled by`).selectOption('text');
    await page.getByLabel(`${field}: the text`).fill('soon');
  }
  await page.getByRole('button', { name: 'Next: Review and send' }).click();
  await page.waitForURL(/step=review/);
  const messages = page.getByRole('region', { name: 'Messages tested' });
  await messages.getByLabel('Some first, the others the better message').check();
  await messages.getByLabel('Percent who get the test first').fill('50');
  await expect(messages.getByText(/4 hours after the test was sent/)).toBeVisible();
  await messages.getByLabel('The better message is the one where').selectOption('reply');
  await messages.getByLabel('I choose').check();
  await expect(messages.getByText(/About 40 others wait until you choose/)).toBeVisible();
  await checkPage(page);
  await expect(page.getByText(/^Saved/)).toBeVisible();
  await page.reload();
  await expect(messages.getByLabel('Percent who get the test first')).toHaveValue('50');
  await expect(messages.getByRole('row', { name: /Wait for the better message/ })).toContainText('40');

  await confirmAndSend(page);
  await expect(page.getByText(/About 40 wait until one of them is chosen/)).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Send 80 messages' }).click();
  await expect(page.getByText(/^The messages of the test for 80 people go out/)).toBeVisible();
  await untilCampaignPage(page);
  const panel = page.getByRole('region', { name: 'Messages compared' });
  await expect(panel.getByText(/The test has been sent: choose when you know enough/)).toBeVisible({
    timeout: 60_000,
  });
  const before = await onlyCampaign(account);
  expect(before.holdback).toEqual({ percent: 50, decide_by: 'reply', after_minutes: null, winner: null });
  expect(before.variants.map(({ template_id }) => template_id)).toEqual([
    before.template_id,
    shop.template('delivery_on_its_way').id,
  ]);
  await panel.getByRole('button', { name: 'Choose B' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Choose it' }).click();
  await expect(panel.getByText('B was chosen and goes to everybody else.')).toBeVisible({ timeout: 30_000 });
  await untilCampaign(account, before.id, isCompleted, 60_000);
  expect(new Set((await ledger(shop.sender.phone_number_id)).map(({ to }) => to)).size).toBe(80);
});
