import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { answerOf, failureOf, signUp, type Account } from './support/api';
import { createCampaign, goodPhone, isCompleted, openShop, send, untilCampaign } from './support/campaigns';
import { checkAtBothWidths, listen, phone, press, signIn } from './support/pages';
import { beginCampaign, chooseFile, csvFile } from './support/wizard';

/** Delivered and read, then the person writes STOP (docs/sandbox.md). */
const WRITES_STOP = '+12025550013';

const entryShape = z.object({ phone: z.string(), source: z.string(), reason: z.string() });

async function listOf({ api }: Account, query = '') {
  const body = await answerOf(await api.get(`/api/opt-outs${query}`), 200);
  return z.object({ opt_outs: z.array(entryShape), total: z.number().nullable() }).parse(body).opt_outs;
}

test.describe('on a phone', () => {
  test.use({ viewport: phone.viewport, colorScheme: phone.colorScheme });

  test('whoever answers STOP is on the list with where that came from, until somebody gives a reason', async ({
    page,
    request,
  }) => {
    const complaints = listen(page);
    const account = await signUp(request);
    const shop = await openShop(account);
    const phones = [WRITES_STOP, goodPhone(1)];
    const id = await createCampaign(account, shop, { phones, name: 'Autumn' });
    await send(account, id);
    await untilCampaign(account, id, isCompleted);
    await expect.poll(async () => (await listOf(account)).map(({ phone }) => phone)).toEqual([WRITES_STOP]);

    await signIn(page, account);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Contacts' }).click();
    await expect(page.getByRole('heading', { name: '1 number on the do-not-contact list' })).toBeVisible();
    await expect(page.getByText('They wrote STOP').filter({ visible: true }).last()).toBeVisible();
    await checkAtBothWidths(page);

    await page.getByRole('link', { name: WRITES_STOP }).filter({ visible: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: WRITES_STOP })).toBeVisible();
    await expect(page.getByText('Do not contact', { exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Autumn' }).filter({ visible: true })).toBeVisible();
    await checkAtBothWidths(page);

    await page.getByRole('button', { name: 'Remove from the list' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Take off the list' }).click();
    await expect(dialog.getByText('Say why')).toBeVisible();
    await expect(dialog.getByLabel('Reason')).toBeFocused();
    expect(await listOf(account)).toHaveLength(1);
    await checkAtBothWidths(page);
    await dialog.getByLabel('Reason').fill('Signed up again in the shop');
    await dialog.getByRole('button', { name: 'Take off the list' }).click();
    await expect(page.getByText('Not on the do-not-contact list')).toBeVisible();
    await expect(page.getByText('Signed up again in the shop')).toBeVisible();
    expect(await listOf(account)).toEqual([]);
    await page.getByRole('button', { name: 'Erase…' }).click();
    await expect(page.getByRole('dialog')).toContainText('cannot be undone');
    await checkAtBothWidths(page);
    expect(complaints).toEqual([]);
  });

  test('numbers are added by hand and by file, found in any form, and looked up when not on the list', async ({
    page,
    request,
  }) => {
    const complaints = listen(page);
    const account = await signUp(request);
    await signIn(page, account);
    await page.goto('/contacts');
    await expect(page.getByText('Nobody has asked to be left alone yet')).toBeVisible();
    await checkAtBothWidths(page);

    await page.getByRole('button', { name: 'Add numbers' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Phone numbers').fill('+1 (202) 555-0777\n020 7946 0000');
    await dialog.getByLabel('Country of numbers').selectOption('GB');
    await dialog.getByLabel('Reason').fill('Asked on the phone');
    await checkAtBothWidths(page);
    await dialog.getByRole('button', { name: 'Add to the list' }).click();
    await expect(page.getByRole('heading', { name: '2 numbers on the do-not-contact list' })).toBeVisible();
    expect((await listOf(account)).map(({ phone }) => phone).sort()).toEqual([
      '+12025550777',
      '+442079460000',
    ]);

    await page.getByRole('button', { name: 'Import a file' }).click();
    const csv = 'phone_number,reason\n+12025550881,Complained\n12,\n+12025550777,\n';
    const file = { name: 'stop.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await dialog.getByLabel('CSV file').setInputFiles(file);
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(dialog.getByRole('status')).toContainText('3 rows read, 1 number added');
    await expect(dialog.getByText(/Row 3: /)).toBeVisible();
    await checkAtBothWidths(page);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('heading', { name: '3 numbers on the do-not-contact list' })).toBeVisible();

    const search = page.getByRole('searchbox');
    await search.fill('(202) 555 0881');
    await search.press('Enter');
    await page.waitForURL(/search=/);
    await expect(page.getByRole('heading', { name: '1 number found on' })).toBeVisible();
    await page.getByLabel('Came from').selectOption('manual');
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page.getByText('No number on the list matches')).toBeVisible();
    await checkAtBothWidths(page);

    await page.goto('/contacts?search=001+202+555+0999');
    await page.getByRole('link', { name: 'See what was sent to it' }).click();
    await expect(page.getByText('No campaign has this number')).toBeVisible();
    await checkAtBothWidths(page);
    expect(complaints).toEqual([]);
  });
});

test('a list being put together is removed when somebody in it is erased, and the wizard asks for it again', async ({
  page,
  request,
}) => {
  await page.setViewportSize(phone.viewport);
  const account = await signUp(request);
  await openShop(account);
  await signIn(page, account);
  await beginCampaign(page);
  await chooseFile(page, csvFile(`First name,Mobile,Discount,Offer code\nAna,${goodPhone(7)},10%,ana`));
  await expect(page.getByText('Keeping the file')).toHaveCount(0);
  await expect(page.getByText(/^Saved/)).toBeVisible();
  const wizard = page.url();

  await page.goto(`/contacts/${encodeURIComponent(goodPhone(7))}`);
  const dialog = page.getByRole('dialog');
  await press(page.getByRole('button', { name: 'Erase…' }), dialog);
  await dialog.getByLabel(/to confirm/).fill(goodPhone(7));
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(dialog.getByRole('link', { name: 'Autumn sale' })).toHaveAttribute(
    'href',
    new URL(wizard).pathname + '?step=file',
  );
  await checkAtBothWidths(page);
  await dialog.getByRole('link', { name: 'Autumn sale' }).click();
  await expect(page.getByText('This campaign needs its list again')).toBeVisible();
  await expect(page.getByText(/somebody in it was erased/)).toBeVisible();
  await checkAtBothWidths(page);
  await chooseFile(page, csvFile(`First name,Mobile,Discount,Offer code\nBo,${goodPhone(8)},10%,bo`));
  await expect(page.getByText('This campaign needs its list again')).toHaveCount(0);
});

test('a contact, its export and its erasure are the workspace’s own', async ({ request }) => {
  const [owner, stranger] = [await signUp(request), await signUp(request)];
  const shop = await openShop(owner);
  const phone = goodPhone(7);
  const path = `/api/contacts/${encodeURIComponent(phone)}`;
  const id = await createCampaign(owner, shop, { phones: [phone] });
  await answerOf(await owner.api.post('/api/opt-outs', { phones: [phone], reason: 'Asked' }), 201);

  const unknown = { opt_out: null, history: [], campaigns: [], messages: { count: 0 } };
  expect(await answerOf(await stranger.api.get(path), 200)).toMatchObject(unknown);
  expect(await answerOf(await stranger.api.get(`${path}/export`), 200)).toMatchObject({ campaigns: [] });
  expect(await answerOf(await stranger.api.post(`${path}/erase`, { confirm: phone }), 200)).toMatchObject({
    campaigns: 0,
  });
  await failureOf(await stranger.api.post('/api/opt-outs/remove', { phone, reason: 'Mine now' }), 404);
  const check = await answerOf(await stranger.api.post('/api/opt-outs/check', { phones: [phone] }), 200);
  expect(check).toEqual({ suppressed: [] });
  await failureOf(await owner.api.get('/api/contacts/12025550123'), 404);

  const refused = await failureOf(await owner.api.post(`${path}/erase`, { confirm: phone }), 409);
  expect(refused.issues?.map((issue) => issue.path)).toEqual([`campaigns[${id}]`]);
  await failureOf(await owner.api.post(`${path}/erase`, { confirm: goodPhone(8) }), 422);
  await failureOf(await owner.api.post('/api/opt-outs/remove', { phone }), 422);
  await send(owner, id);
  await untilCampaign(owner, id, (c) => isCompleted(c) && c.skipped === 1);
  expect(await answerOf(await owner.api.post(`${path}/erase`, { confirm: phone }), 200)).toMatchObject({
    campaigns: 1,
    stays_on_list: true,
  });
  expect(await listOf(owner)).toMatchObject([{ phone }]);
  const [recipient] = await owner.api.recipients(id);
  expect(recipient?.status).toBe('skipped');
  expect(JSON.stringify(recipient)).not.toContain(phone.slice(2));
});
