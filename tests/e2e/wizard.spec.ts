import { expect, test } from '@playwright/test';
import { answerOf, signUp, type Account } from './support/api';
import { goodPhone, isCompleted, openShop, untilCampaign } from './support/campaigns';
import { checkAtBothWidths, checkPage, desk, listen, signIn } from './support/pages';
import {
  beginCampaign,
  chip,
  chooseFile,
  confirmAndSend,
  csvFile,
  expectCounts,
  untilCampaignPage,
} from './support/wizard';

/** `count` good rows for the template black_friday; then one that is not valid, one without a value, one twice. */
function csvOf(count: number) {
  const rows = Array.from({ length: count }, (_, i) => `Ana,${goodPhone(i)},10%,ana-${i}`);
  const faulty = ['Bad,12,10%,bad', `Empty,${goodPhone(5000)},,empty`, `Twice,${goodPhone(0)},10%,twice`];
  return csvFile(['First name,Mobile,Discount,Offer code', ...rows, ...faulty].join('\n'));
}

const campaignsOf = async ({ api }: Account) =>
  (await answerOf(await api.get('/api/campaigns'), 200)) as { id: string; total_recipients: number }[];

test.describe('at a desk', () => {
  test.use({ viewport: desk.viewport, colorScheme: desk.colorScheme });

  test('a new person gets from a template to a running campaign, with the faults mended on the way', async ({
    page,
    request,
  }) => {
    test.setTimeout(120_000);
    const complaints = listen(page);
    const account = await signUp(request);
    await openShop(account);
    await signIn(page, account);
    await beginCampaign(page);
    const pdf = { name: 'people.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };
    await page.getByLabel('List of recipients').setInputFiles(pdf);
    await expect(page.getByText('This is not a list of recipients')).toBeVisible();
    await page.getByRole('button', { name: 'Paste rows' }).click();
    await checkAtBothWidths(page);
    await chooseFile(page, csvOf(120));
    await checkAtBothWidths(page);
    await page.getByRole('button', { name: 'Next: Map and fix' }).click();

    await expect(page.getByLabel('Phone number: filled by')).toHaveValue('column:Mobile');
    await expect(page.getByText('Guessed: check it').first()).toBeVisible();
    await expectCounts(page, { 'Will be sent': 120, Invalid: 1, 'Value missing': 1, Duplicate: 1 });
    await checkAtBothWidths(page);

    // The first faulty row, by keyboard: to its phone number, and another one typed over it.
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.keyboard.type(goodPhone(6000));
    await page.keyboard.press('Enter');
    await expectCounts(page, { Invalid: 0, 'Will be sent': 121 });

    // Reload: the file, the mapping and the correction are there again.
    await expect(page.getByText(/^Saved/)).toBeVisible();
    await page.reload();
    await expect(chip(page, 'Will be sent')).toHaveText(/121$/);
    await expect(page.getByLabel('Phone number: filled by')).toHaveValue('column:Mobile');

    await page.getByRole('button', { name: 'Next: Review and send' }).click();
    await expect(page.getByRole('row', { name: /Will be sent/ })).toContainText('121');
    await expect(page.getByText(/121 take/)).toBeVisible();
    const send = page.getByRole('button', { name: 'Send 121 messages' });
    await expect(send).toBeDisabled();
    await expect(page.getByRole('button', { name: /agreed to hear/ })).toBeVisible();
    await checkAtBothWidths(page);
    await page.getByRole('button', { name: 'Send a test message' }).click();
    await expect(page.getByRole('dialog', { name: 'Send a test message' })).toBeVisible();
    await checkAtBothWidths(page);
    await page.keyboard.press('Escape');
    const steps = page.getByRole('navigation', { name: 'Steps' });
    await steps.getByRole('link', { name: /Template/ }).click();
    await expect(page.getByRole('radio', { name: /black_friday/ })).toBeChecked();
    await checkAtBothWidths(page);
    await steps.getByRole('link', { name: /Review/ }).click();

    await confirmAndSend(page);
    const dialog = page.getByRole('dialog');
    await checkAtBothWidths(page);
    await dialog.getByRole('button', { name: 'Send 121 messages' }).click();
    await expect(dialog.getByText('Type 121 to send.')).toBeVisible();
    await dialog.getByLabel('Type 121 to confirm').fill('121');
    await dialog.getByRole('button', { name: 'Send 121 messages' }).click();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await checkAtBothWidths(page);

    await untilCampaignPage(page);
    const [campaign] = await campaignsOf(account);
    expect(campaign?.total_recipients).toBe(121);
    await untilCampaign(account, String(campaign?.id), isCompleted, 60_000);
    await expect(page.getByText('people.csv')).toBeVisible();
    await expect(page.getByText('Confirmed by whoever made it')).toBeVisible();
    const contact = await page.context().newPage();
    await contact.goto(`/contacts/${encodeURIComponent(goodPhone(1))}`);
    await expect(
      contact.getByText('Eve confirmed that the people of the list “people.csv” agreed'),
    ).toBeVisible();
    await expect(
      contact.getByText('From the file “people.csv”, by Eve. Consent confirmed.').filter({ visible: true }),
    ).toBeVisible();
    await checkAtBothWidths(contact);
    await contact.close();
    const drafts = (await answerOf(await account.api.get('/api/drafts'), 200)) as { drafts: unknown[] };
    expect(drafts.drafts).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test('undo takes a start back and loses nothing; a double click makes one campaign', async ({
  page,
  request,
}) => {
  test.setTimeout(90_000);
  const account = await signUp(request);
  await openShop(account);
  await signIn(page, account);
  await beginCampaign(page);
  await chooseFile(page, csvOf(3));
  await page.getByRole('link', { name: /Review and send/ }).click();
  await confirmAndSend(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Send 3 messages' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Send 3 messages' })).toBeEnabled();
  await expect.poll(() => campaignsOf(account)).toEqual([]);

  await page.getByRole('button', { name: 'Send 3 messages' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send 3 messages' }).dblclick();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  expect(await campaignsOf(account)).toHaveLength(1);
  await untilCampaignPage(page);
});

test('a second window is told of the change, and writes nothing over it', async ({ page, request }) => {
  const account = await signUp(request);
  await openShop(account);
  await signIn(page, account);
  await beginCampaign(page);
  await expect(page.getByText(/^Saved/)).toBeVisible();
  const other = await page.context().newPage();
  await other.goto(page.url().replace('step=file', 'step=template'));
  await other.getByLabel('Name of the campaign').fill('Named elsewhere');
  await expect(other.getByText(/^Saved/)).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByLabel('Name of the campaign').fill('Named here');
  await expect(page.getByText('This campaign was changed in another window')).toBeVisible();
  await page.getByRole('button', { name: 'Load it again' }).click();
  await expect(page.getByLabel('Name of the campaign')).toHaveValue('Named elsewhere');
});

test('an unmapped field that the message needs holds the way on, and gets the focus', async ({
  page,
  request,
}) => {
  const account = await signUp(request);
  await openShop(account);
  await signIn(page, account);
  await beginCampaign(page);
  await chooseFile(page, csvFile(`Mobile,Something\n${goodPhone(1)},x`));
  await page.getByRole('button', { name: 'Next: Map and fix' }).click();
  await page.getByRole('button', { name: 'Next: Review and send' }).click();
  await expect(page.getByLabel('Header: filled by')).toBeFocused();
  await checkPage(page);
  await page.getByLabel('Header: filled by').selectOption('text');
  await page.getByLabel('Header: the text').fill('Friends');
  await expect(page.getByRole('figure', { name: /black_friday/ }).first()).toBeVisible();
});

test('with nobody to send to there is nothing to press: the button says why, and leads to what is wrong', async ({
  page,
  request,
}) => {
  await page.setViewportSize(desk.viewport);
  const account = await signUp(request);
  await openShop(account);
  const asked = { phones: [goodPhone(1)], reason: 'Asked' };
  await answerOf(await account.api.post('/api/opt-outs', asked), 201);
  await signIn(page, account);
  await beginCampaign(page);
  await chooseFile(page, csvFile(`First name,Mobile,Discount,Offer code\nAna,${goodPhone(1)},10%,ana`));
  await page.getByRole('link', { name: /Review and send/ }).click();
  await page.getByLabel(/have agreed/).check();
  await expect(page.getByRole('row', { name: /Will be sent/ })).toContainText('= 0');
  const send = page.getByRole('button', { name: 'Send', exact: true });
  await expect(send).toBeDisabled();
  await expect(send).toHaveAccessibleDescription(/No row can be sent as it is/);
  await checkAtBothWidths(page);
  await send.click({ force: true });
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: /No row can be sent/ }).click();
  await expect(page).toHaveURL(/step=map/);
  expect(await campaignsOf(account)).toEqual([]);
});

test('the next list for a template is mapped as the last one was, on any device, and marked as a guess', async ({
  page,
  request,
}) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const template = shop.template('black_friday', 'en_US');
  const mapping = Object.fromEntries(template.parameters.map(({ key }) => [key, { column: 'Whatever' }]));
  const uploaded = await account.api.upload({
    name: 'By a program',
    template_id: String(template.id),
    mapping: JSON.stringify({ ...mapping, phone_number: 'Odd' }),
    file: csvFile(`Odd,Whatever\n${goodPhone(1)},x`),
  });
  await answerOf(uploaded, 201);
  await signIn(page, account);
  await beginCampaign(page);
  await chooseFile(page, csvFile(`Whatever,Odd,Else\ny,${goodPhone(2)},z`));
  await page.getByRole('button', { name: 'Next: Map and fix' }).click();
  await expect(page.getByLabel('Header: filled by')).toHaveValue('column:Whatever');
  await expect(page.getByLabel('Phone number: filled by')).toHaveValue('column:Odd');
  await expect(page.getByText('Guessed: check it')).toHaveCount(template.parameters.length + 1);
  // Pressed while the rows are being checked it waits for them, and goes on.
  await page.getByRole('button', { name: 'Next: Review and send' }).click();
  // The table of the step before has a row of this name too.
  await page.waitForURL(/step=review/);
  await expect(page.getByRole('row', { name: /Will be sent/ })).toContainText('= 1');
});
