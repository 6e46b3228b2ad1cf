import { expect, test, type Page } from '@playwright/test';
import { answerOf, failureOf, signUp, type Account } from './support/api';
import {
  createCampaign,
  goodPhone,
  isCompleted,
  openShop,
  send,
  specialPhone,
  untilCampaign,
} from './support/campaigns';
import { changeSandbox } from './support/sandbox';
import { checkAtBothWidths, checkPage, desk, listen, phone, signIn } from './support/pages';
import { beginCampaign, chooseFile, csvFile } from './support/wizard';

interface Cost {
  actual: { billed: number; free: number; unknown: number; without_pricing: number; totals: unknown[] };
  estimate: { totals: unknown[] };
}

const utility = {
  country: 'US',
  category: 'utility',
  currency: 'USD',
  amount: '0.004',
  valid_from: '2026-01-01',
};

async function costOf({ api }: Account, id: string): Promise<Cost> {
  return (await answerOf(await api.get(`/api/campaigns/${id}/cost`), 200)) as Cost;
}

test('what WhatsApp prices is counted once, free as free, though statuses come twice and in any order', async ({
  request,
}) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  await changeSandbox(shop.sender.phone_number_id, {
    duplicate_share: 0.5,
    reorder_share: 0.5,
    skip_delivered_share: 0.5,
  });
  await answerOf(await account.api.post('/api/rates', utility), 201);
  const good = Array.from({ length: 20 }, (_, i) => goodPhone(i));
  const special = ['0001', '0020', '0023', '0026', '0041', '0042'].map((digits) => specialPhone(digits));
  const id = await createCampaign(account, shop, { phones: [...good, ...special] });
  expect((await costOf(account, id)).estimate.totals).toEqual([{ currency: 'USD', amount: '0.104' }]);
  await send(account, id);
  await untilCampaign(account, id, isCompleted);
  // 20 good ones, …0020, …0023 and …0026; …0001 failed.
  await expect
    .poll(async () => (await costOf(account, id)).actual, { timeout: 20_000 })
    .toMatchObject({
      billed: 23,
      free: 2,
      unknown: 0,
      without_pricing: 0,
      totals: [{ currency: 'USD', amount: '0.092' }],
    });

  const csv = await (await account.api.get(`/api/campaigns/${id}/results.csv`)).text();
  const lines = csv.trim().split('\r\n');
  expect(lines).toHaveLength(27);
  expect(lines[0]).toContain('to,country,status,message_id,attempts');
  expect(lines.filter((line) => line.includes(',utility,regular,1,0,'))).toHaveLength(23);
  expect(lines.filter((line) => line.includes(',utility,free_customer_service,0,1,'))).toHaveLength(1);
});

test('a file of rates goes in whole or not at all, and comes out as it went in', async ({ request }) => {
  const { api } = await signUp(request);
  const upload = (text: string) =>
    request.post('/api/rates/import', {
      multipart: { file: { name: 'rates.csv', mimeType: 'text/csv', buffer: Buffer.from(text) } },
      headers: { Authorization: `Bearer ${api.token}` },
    });
  const head = 'country,category,amount,currency,valid_from\n';
  const wrong = await failureOf(
    await upload(`${head}IN,marketing,0.01,USD,2026-01-01\nXX,gifts,1e3,US,soon\n`),
    422,
  );
  expect(wrong).toMatchObject({ code: 'rates_invalid', issues: [{ path: 'rows[3]' }] });
  expect(await answerOf(await api.get('/api/rates'), 200)).toEqual([]);
  const good = `${head}in,Marketing,0.0137,usd,2026-01-01\nBR,utility,0.5,USD,2026-01-01\n`;
  expect(await answerOf(await upload(good), 200)).toMatchObject({ rows: 2, added: 2, changed: 0 });
  const exported = await (await api.get('/api/rates.csv')).text();
  expect(exported).toContain('IN,marketing,0.0137,USD,2026-01-01');
  expect(await answerOf(await upload(exported), 200)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  await failureOf(await api.post('/api/rates', { ...utility, country: 'IN', category: 'marketing' }), 409);
});

test.describe('at a desk', () => {
  test.use({ viewport: desk.viewport, colorScheme: desk.colorScheme });

  test('rates are entered, the review estimates, the finished campaign and its report say what it cost', async ({
    page,
    request,
  }) => {
    test.setTimeout(120_000);
    const complaints = listen(page, [422]);
    const account = await signUp(request);
    await openShop(account);
    await signIn(page, account, '/settings');
    await page.getByRole('link', { name: 'Rates' }).click();
    await expect(page.getByText('It brings no prices of its own')).toBeVisible();
    await checkAtBothWidths(page);
    await addRate(page, { country: 'US', amount: '1,5', currency: 'usd' });
    await expect(page.getByLabel('Price of one message')).toHaveAttribute('aria-invalid', 'true');
    await checkAtBothWidths(page);
    await page.getByLabel('Price of one message').fill('0.025');
    await page.getByRole('button', { name: 'Add the rate', exact: true }).click();
    await expect(page.getByText('USD 0.025')).toBeVisible();
    await expect(page.getByText('In force since')).toBeVisible();
    await checkAtBothWidths(page);

    await beginCampaign(page);
    const rows = [goodPhone(1), goodPhone(2), specialPhone('0041'), specialPhone('0001'), '+919876543210'];
    const lines = rows.map((to) => `Ana,${to},10%,ana`);
    await chooseFile(page, csvFile(['First name,Mobile,Discount,Offer code', ...lines].join('\n')));
    await page.getByRole('button', { name: 'Next: Map and fix' }).click();
    await page.getByRole('button', { name: 'Next: Review and send' }).click();
    const cost = page.getByRole('region', { name: 'Cost' });
    await expect(cost).toContainText('USD 0.10 estimate, as of');
    await expect(cost).toContainText('Not in the total, and not guessed: India (1)');
    await checkAtBothWidths(page);

    await page.getByLabel(/have agreed/).check();
    await page.getByRole('button', { name: 'Send 5 messages' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /Send/ }).click();
    await page.waitForURL(/\/campaigns\/[\w-]{36}$/, { timeout: 30_000 });
    await expect(page.getByRole('region', { name: 'Cost' })).toContainText('1 free', { timeout: 30_000 });
    await expect(page.getByText('Completed').first()).toBeVisible({ timeout: 30_000 });
    const shown = page.getByRole('region', { name: 'Cost' });
    await expect(shown).toContainText('USD 0.05 (billed by WhatsApp: 3 marketing, 1 free)');
    await expect(shown).toContainText('India (1)');
    await checkAtBothWidths(page);

    await page.getByRole('link', { name: 'Report' }).click();
    await expect(page.getByRole('heading', { name: 'Autumn sale', level: 1 })).toBeVisible();
    await expect(page.getByRole('region', { name: 'By hour' })).toContainText('Sent');
    await expect(page.getByRole('region', { name: 'Failures by cause' })).toContainText('Code 131026');
    await expect(page.getByRole('region', { name: 'Countries and cost' })).toContainText('USD 0.05');
    await expect(page.getByRole('region', { name: 'Message' })).toContainText('Started byEve');
    await expect(page.getByRole('region', { name: 'Audience' })).toContainText('Recipients= 5');
    await checkAtBothWidths(page);
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
    await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0);
    expect(complaints).toEqual([]);
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: phone.viewport, colorScheme: phone.colorScheme });

  test('a rate is changed and removed', async ({ page, request }) => {
    const complaints = listen(page);
    const account = await signUp(request);
    await answerOf(await account.api.post('/api/rates', utility), 201);
    await signIn(page, account, '/settings/rates');
    await page.getByRole('button', { name: /^Change the rate of United States/ }).click();
    await page.getByLabel('Price of one message').fill('0.005');
    await page.getByRole('button', { name: 'Save the rate' }).click();
    await expect(page.getByText('USD 0.005')).toBeVisible();
    await checkPage(page);
    await page.getByRole('button', { name: /^Remove the rate of United States/ }).click();
    await page.getByRole('button', { name: 'Remove the rate', exact: true }).click();
    await expect(page.getByText('It brings no prices of its own')).toBeVisible();
    const log = (await answerOf(await account.api.get('/api/audit-events'), 200)) as {
      events: { kind: string }[];
    };
    expect(log.events.map(({ kind }) => kind).filter((kind) => kind.startsWith('rate'))).toEqual([
      'rate_deleted',
      'rate_changed',
      'rate_added',
    ]);
    expect(complaints).toEqual([]);
  });
});

async function addRate(
  page: Page,
  rate: { country: string; amount: string; currency: string },
): Promise<void> {
  await page.getByRole('button', { name: 'Add a rate' }).click();
  await page.getByLabel('Country').selectOption(rate.country);
  await page.getByLabel('Price of one message').fill(rate.amount);
  await page.getByLabel('Currency').fill(rate.currency);
  await page.getByRole('button', { name: 'Add the rate', exact: true }).click();
}
