import { expect, type Locator, type Page } from '@playwright/test';

/** As a file chosen from a disk. */
export interface ListFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export function csvFile(content: string | Buffer, name = 'people.csv'): ListFile {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(content) };
}

/** From the list of campaigns to the list of recipients, with the template chosen. */
export async function beginCampaign(page: Page): Promise<void> {
  await page.goto('/campaigns/new');
  await page.waitForURL(/\/campaigns\/new\/[\w-]+\?step=template/);
  await page.getByLabel('Template', { exact: true }).and(page.getByRole('searchbox')).fill('black friday');
  await page.getByRole('radio', { name: /black_friday/ }).check();
  await page.getByLabel('Name of the campaign').fill('Autumn sale');
  await page.getByRole('button', { name: 'Next: Recipients' }).click();
}

export async function chooseFile(page: Page, file: ListFile): Promise<void> {
  await page.getByLabel('List of recipients').setInputFiles(file);
  await expect(page.getByText('The first rows')).toBeVisible();
}

/** The count of one kind of row; pressed, it shows only those. */
export function chip(page: Page, word: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^${word} [\\d,]+$`) });
}

export async function expectCounts(page: Page, counts: Record<string, number>): Promise<void> {
  for (const [word, count] of Object.entries(counts))
    await expect(chip(page, word)).toHaveText(new RegExp(`\\D${count.toLocaleString('en')}$`));
}

/** To the last question, which the send button asks. */
export async function confirmAndSend(page: Page): Promise<void> {
  await page.getByLabel(/have agreed/).check();
  await page.getByRole('button', { name: /^Send [\d,]+ messages$/ }).click();
}

/** Until the ten seconds to undo are over and the campaign's own page is there. */
export async function untilCampaignPage(page: Page): Promise<void> {
  await page.waitForURL(/\/campaigns\/[\w-]{36}$/, { timeout: 30_000 });
}
