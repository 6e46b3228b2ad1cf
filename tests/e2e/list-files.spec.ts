import { expect, test, type Page } from '@playwright/test';
import { workbook } from '../support/workbook';
import { answerOf, signUp, type Account } from './support/api';
import { openShop } from './support/campaigns';
import { listen, signIn } from './support/pages';
import { beginCampaign, chooseFile, confirmAndSend, csvFile, expectCounts } from './support/wizard';

const HEADER = ['First name', 'Mobile', 'Discount', 'Offer code'];
/** What a spreadsheet likes to spoil: a plus in front, zeros in front, letters of other scripts. */
const ROWS = [
  ['Jürgen', '+491512345678', '010%', '0042'],
  ['عمر 🍏', '+966501234567', '5%', '1e5'],
];
const PEOPLE = ROWS.map(([name = '', to = '', discount = '', code = '']) => ({
  to,
  params: { header_param_1: name, body_param_1: name, body_param_2: discount, button_url_param: code },
}));

async function openWizard(page: Page, account: Account): Promise<void> {
  await openShop(account);
  await signIn(page, account);
  await beginCampaign(page);
}

/** From the list to the campaign, all mapped by guess; its recipients, as the server has them. */
async function makeCampaign(page: Page, { api }: Account) {
  await page.getByRole('button', { name: 'Next: Map and fix' }).click();
  await expectCounts(page, { 'Will be sent': ROWS.length, 'With a fault': 0 });
  await page.getByRole('button', { name: 'Next: Review and send' }).click();
  await confirmAndSend(page);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Send ${ROWS.length} messages` })
    .click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  const [campaign] = (await answerOf(await api.get('/api/campaigns'), 200)) as { id: string }[];
  const recipients = await api.recipients(campaign?.id ?? '');
  return recipients.map(({ to, params }) => ({ to, params }));
}

test('a workbook goes in as it stands: numbers with their plus, codes with their zeros', async ({
  page,
  request,
}) => {
  const complaints = listen(page);
  const account = await signUp(request);
  await openWizard(page, account);
  await chooseFile(page, {
    name: 'people.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: workbook({ People: [HEADER, ...ROWS] }),
  });
  await expect(page.getByText('2 rows, 4 columns')).toBeVisible();
  await expect(page.getByLabel('Encoding')).toHaveCount(0);
  expect(await makeCampaign(page, account)).toEqual(PEOPLE);
  expect(complaints).toEqual([]);
});

test('rows copied from a spreadsheet go in as they stand', async ({ page, request }) => {
  const complaints = listen(page);
  const account = await signUp(request);
  await openWizard(page, account);
  await page.getByRole('button', { name: 'Paste rows' }).click();
  await page.getByRole('button', { name: 'Use these rows' }).click();
  await expect(page.getByText('Paste the rows here first.')).toBeVisible();
  await page
    .getByLabel('Rows from a spreadsheet')
    .fill([HEADER, ...ROWS].map((cells) => cells.join('\t')).join('\n'));
  await page.getByRole('button', { name: 'Use these rows' }).click();
  await expect(page.getByText('2 rows, 4 columns')).toBeVisible();
  await expect(page.getByLabel('Columns are separated by')).toHaveValue('\t');
  expect(await makeCampaign(page, account)).toEqual(PEOPLE);
  expect(complaints).toEqual([]);
});

test('how a file was read is shown and can be changed: letters and columns follow, back and forth', async ({
  page,
  request,
}) => {
  const account = await signUp(request);
  await openWizard(page, account);
  const text = [HEADER, ...ROWS].map((cells) => cells.join(';')).join('\r\n');
  const encoding = page.getByLabel('Encoding');
  const delimiter = page.getByLabel('Columns are separated by');
  const cell = (content: string) => page.getByRole('cell', { name: content, exact: true });
  await chooseFile(page, csvFile(Buffer.from(text.replace('عمر 🍏', 'Omar'), 'latin1')));
  await expect(encoding).toHaveValue('windows-1252');
  await expect(delimiter).toHaveValue(';');
  await expect(cell('Jürgen')).toBeVisible();
  await encoding.selectOption('utf-8');
  await expect(page.getByText('The characters in this file cannot be read')).toBeVisible();
  await page.getByRole('button', { name: 'Read it as it was found' }).click();
  await expect(cell('Jürgen')).toBeVisible();
  await delimiter.selectOption(',');
  await expect(page.getByText('2 rows, 1 column,')).toBeVisible();
  await delimiter.selectOption(';');
  await expect(page.getByText('2 rows, 4 columns')).toBeVisible();

  await page.getByRole('button', { name: 'Take another list' }).click();
  await chooseFile(page, csvFile(Buffer.from(`\ufeff${text}`, 'utf16le')));
  await expect(encoding).toHaveValue('utf-16le');
  await expect(cell('عمر 🍏')).toBeVisible();
  // What a person chose is what the server reads too.
  expect(await makeCampaign(page, account)).toEqual(PEOPLE);
});
