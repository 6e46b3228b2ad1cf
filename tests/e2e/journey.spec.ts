import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { answerOf, Api, newEmail } from './support/api';
import { goodPhone, specialPhone } from './support/campaigns';
import { listen, views } from './support/pages';
import { changeSandbox, ledgerSummary } from './support/sandbox';
import { senderShape } from './support/shapes';
import {
  chip,
  chooseFile,
  confirmAndSend,
  csvFile,
  expectCounts,
  untilCampaignPage,
  type ListFile,
} from './support/wizard';

const HEADER = 'First name,Mobile,Discount,Offer code';
/** The sandbox refuses the first three at once and takes the last two, to report them failed. */
const DOOMED = ['0002', '0010', '0035', '0001', '0033'].map((digits) => specialPhone(digits));
const GOOD = [...Array.from({ length: 500 - DOOMED.length }, (_, i) => goodPhone(i)), ...DOOMED];

/** 500 good rows and twelve that are not: five not valid, four without a value, three there twice. */
function list(): ListFile {
  const rows = GOOD.map((phone, i) => `Ana,${phone},10%,ana-${i}`);
  const [first = '', second = '', third = ''] = GOOD;
  rows.splice(100, 0, 'Short,12,10%,a', 'Words,call me,10%,b', 'Shrunk,1.20221E+10,10%,c');
  rows.splice(200, 0, `NoDiscount,${goodPhone(900)},,d`, `NoCode,${goodPhone(901)},10%,`);
  rows.splice(300, 0, `,${goodPhone(902)},10%,e`, `Twice,${first},10%,f`);
  // The same numbers, written as people do.
  rows.push(
    `Twice,${second.replace('+1', '001 ')},10%,g`,
    `Twice,${third.replace('+1202', '+1 (202) ')},10%,h`,
  );
  rows.push('Nothing,,,', 'Both,+1,,i', `TwiceAndEmpty,${first},,j`);
  return csvFile([HEADER, ...rows].join('\n'));
}

async function createAccount(page: Page): Promise<void> {
  await page.goto('/login');
  await page.getByRole('link', { name: 'Create one' }).click();
  await page.getByLabel('Name (optional)').fill('Ana Pereira');
  await page.getByLabel('Email').fill(newEmail());
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/campaigns');
}

/** From the first steps to the templates of a sandbox sender, whose phone_number_id comes back. */
async function trySandbox(page: Page): Promise<string> {
  const steps = page.getByRole('region', { name: /First steps/ });
  await expect(steps).toContainText('0 of 4 done');
  await steps.getByRole('link', { name: 'Add a sender' }).click();
  await page.getByRole('button', { name: 'Use the sandbox' }).click();
  // WhatsApp is asked for every page of templates: that may take a while on a busy machine.
  await page.getByRole('link', { name: /choose a template/ }).click({ timeout: 30_000 });
  await page.waitForURL(/\/templates\?sender=/);
  const senders = await answerOf(await page.request.get('/api/senders'), 200);
  return z.array(senderShape).parse(senders)[0]?.phone_number_id ?? '';
}

/** On the templates' page, to the wizard's list of recipients. */
async function useTemplate(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Use in campaign ?: black_friday/ }).click();
  await page.waitForURL(/\/campaigns\/new\/[\w-]+\?step=template/);
  await expect(page.getByLabel('Name of the campaign')).toHaveValue(/^Black friday/);
  await page.getByRole('button', { name: 'Next: Recipients' }).click();
}

async function saveOf(page: Page, control: Locator): Promise<ListFile> {
  const [download] = await Promise.all([page.waitForEvent('download'), control.click()]);
  return csvFile(await readFile(await download.path()), download.suggestedFilename());
}

async function mapByGuess(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Next: Map and fix' }).click();
  await expect(page.getByLabel('Phone number: filled by')).toHaveValue('column:Mobile');
  await expect(page.getByText('Guessed: check it').first()).toBeVisible();
}

async function sendAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Next: Review and send' }).click();
  await expect(page.getByRole('row', { name: /Will be sent/ })).toContainText('500');
  await page.getByLabel(/messages a second/i).fill('50');
  await confirmAndSend(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Type 500 to confirm').fill('500');
  await dialog.getByRole('button', { name: 'Send 500 messages' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await untilCampaignPage(page);
}

const numberIn = async (text: Locator) =>
  Number(/\d[\d,]*/.exec((await text.textContent()) ?? '')?.[0].replaceAll(',', ''));

/** Live: it moves while it runs, stands while it is paused, and goes on to the end. */
async function watch(page: Page, phoneNumberId: string): Promise<void> {
  const sent = page.getByRole('listitem').filter({ hasText: /^Sent/ });
  const handled = page.getByText(/ of 500 handled/);
  const before = await numberIn(handled);
  await expect.poll(() => numberIn(handled)).toBeGreaterThan(before);
  await expect.poll(() => numberIn(sent)).toBeGreaterThan(30);
  await page.getByRole('button', { name: 'Pause' }).click();
  const waiting = page.getByText(/\d messages wait until you resume/);
  await expect(waiting).toBeVisible();
  // What was in the air has landed: each of the 500 either was handed over or waits.
  const reached = async () => (await ledgerSummary(phoneNumberId)).posts;
  await expect.poll(async () => (await reached()) - (await numberIn(handled))).toBe(0);
  const atPause = await reached();
  expect(atPause).toBeLessThan(500);
  // A reload takes as long as dozens of messages would.
  await page.reload();
  await expect(waiting).toBeVisible();
  expect(await numberIn(handled)).toBe(atPause);
  expect(await reached()).toBe(atPause);

  await page.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => numberIn(handled)).toBeGreaterThan(atPause);
  await expect(page.getByText('Finished', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(handled).toContainText('500 of 500');
}

for (const { name, viewport, colorScheme } of views) {
  test.describe(`on a ${name}, ${colorScheme}`, () => {
    test.use({ viewport, colorScheme });

    test('from signing up to a finished campaign, and with its failed back into a new one, by the pages alone', async ({
      page,
    }) => {
      test.setTimeout(180_000);
      const complaints = listen(page);
      await createAccount(page);
      const phoneNumberId = await trySandbox(page);
      await changeSandbox(phoneNumberId, { delay_scale: 0.1 });
      await useTemplate(page);
      await chooseFile(page, list());
      await expect(page.getByText('512 rows, 4 columns')).toBeVisible();
      await mapByGuess(page);
      const faults = { Invalid: 5, 'Value missing': 4, 'Do not contact': 0 };
      await expectCounts(page, { 'All rows': 512, 'Will be sent': 500, Duplicate: 3, ...faults });
      const rejected = await saveOf(page, page.getByRole('button', { name: 'Download the faulty rows' }));
      await sendAll(page);
      await watch(page, phoneNumberId);

      const causes = page.getByRole('region', { name: 'Failed, by cause' }).getByRole('listitem');
      await expect(causes).toHaveCount(4);
      await page.getByLabel('Status of the recipients').selectOption('failed');
      await expect(page.getByText('5 recipients', { exact: true })).toBeVisible();
      const failed = await saveOf(page, page.getByRole('link', { name: 'CSV', exact: true }));
      expect(failed.name).toMatch(/-failed\.csv$/);
      const id = page.url().split('/').at(-1)?.split('?')[0] ?? '';
      const recipients = await new Api(page.request, undefined).recipients(id);
      expect(recipients.map(({ to }) => to).sort()).toEqual([...GOOD].sort());
      expect(
        recipients
          .filter(({ status }) => status === 'failed')
          .map(({ to }) => to)
          .sort(),
      ).toEqual([...DOOMED].sort());

      const main = page.getByRole('navigation', { name: 'Main' });
      await main.getByRole('link', { name: 'Campaigns', exact: true }).click();
      await expect(page.getByRole('region', { name: /First steps/ })).toContainText('3 of 4 done');
      await main.getByRole('link', { name: 'Templates', exact: true }).click();
      await useTemplate(page);
      await chooseFile(page, failed);
      await mapByGuess(page);
      await expectCounts(page, { 'All rows': 5, 'Will be sent': 5, 'With a fault': 0 });
      // The rows that were left out of the first come back too: unmended, those that were there twice are now once.
      await page.getByRole('link', { name: /Recipients/ }).click();
      await page.getByRole('button', { name: 'Take another list' }).click();
      await chooseFile(page, rejected);
      await mapByGuess(page);
      await expectCounts(page, { 'All rows': 12, 'Will be sent': 3, Duplicate: 0, ...faults });
      await expect(chip(page, 'With a fault')).toHaveText(/\D9$/);
      expect(complaints).toEqual([]);
    });
  });
}
