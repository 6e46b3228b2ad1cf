import { expect, test, type Page } from '@playwright/test';
import { z } from 'zod';
import { answerOf, signUp, type Account } from './support/api';
import { createCampaign, goodPhone, openShop } from './support/campaigns';
import { checkAtBothWidths, listen, phone, signIn } from './support/pages';
import { postWebhook, sandbox } from './support/sandbox';
import { senderShape } from './support/shapes';

/** WhatsApp is asked for every page of templates: that may take a while on a busy machine. */
const whenAsked = { timeout: 20_000 };

const numberShape = z.object({
  ...{ phone_number_id: z.string(), waba_id: z.string(), access_token: z.string(), app_secret: z.string() },
});

/** A number of the sandbox, for a person to connect as if it were one at Meta. */
async function makeNumber() {
  const order = { callback_url: 'http://127.0.0.1:9/nobody', verify_token: 't', name: 'Berlin shop' };
  return numberShape.parse(await sandbox('POST', '/numbers', order));
}

async function fillIn(page: Page, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values))
    await page.getByLabel(label, { exact: true }).fill(value);
}

const sendersOf = async ({ api }: Account) =>
  z.array(senderShape).parse(await answerOf(await api.get('/api/senders'), 200));

test.describe('on a phone', () => {
  test.use({ viewport: phone.viewport, colorScheme: phone.colorScheme });

  test('one click makes a sandbox sender, which syncs by itself and leads on to its templates', async ({
    page,
    request,
  }) => {
    const complaints = listen(page);
    await signIn(page, await signUp(request), '/senders');
    await expect(page.getByText('You have no sender yet')).toBeVisible();
    await checkAtBothWidths(page);
    await page.getByRole('link', { name: 'Add a sender' }).click();
    await page.waitForURL('**/senders/new');
    await checkAtBothWidths(page);
    await page.getByRole('button', { name: 'Use the sandbox' }).click();

    await page.waitForURL(/\/senders\/[0-9a-f-]{36}/);
    await expect(page.getByText(/Fetched the number’s details and \d+ templates/)).toBeVisible(whenAsked);
    await expect(page.getByRole('link', { name: /choose a template/ })).toHaveAttribute(
      'href',
      /^\/templates\?sender=/,
    );
    await expect(page.getByText('Connected', { exact: true })).toBeVisible();
    await expect(page.getByText('This is a sandbox sender')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Replace/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByText('4 of 5 checks pass, 1 not known.')).toBeVisible(whenAsked);
    await checkAtBothWidths(page);

    await page.getByRole('link', { name: 'Senders', exact: true }).first().click();
    await expect(page.getByRole('link', { name: 'Sandbox' }).filter({ visible: true })).toBeVisible();
    await expect(page.getByText('Sandbox senders are in use')).toBeVisible();
    await checkAtBothWidths(page);
    expect(complaints).toEqual([]);
  });

  test('a number is tested before it is saved: the fault is named, mended, and the number connected', async ({
    page,
    request,
  }) => {
    const complaints = listen(page);
    const account = await signUp(request);
    const [number, other] = [await makeNumber(), await makeNumber()];
    await signIn(page, account, '/senders/new');
    await page.getByRole('button', { name: 'Save sender' }).click();
    await expect(page.getByRole('link', { name: 'Name: Give it a name.' })).toBeVisible();
    await checkAtBothWidths(page);

    await fillIn(page, {
      Name: 'Berlin shop',
      'Phone number ID': other.phone_number_id,
      'WhatsApp Business Account ID': number.waba_id,
      'Access token': number.access_token,
      'App secret': number.app_secret,
    });
    await page.getByRole('button', { name: 'Save sender' }).click();
    await expect(page.getByText(`(id ${number.phone_number_id})`).first()).toBeVisible(whenAsked);
    await expect(page.getByText('Not every check passed')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save anyway' })).toBeVisible();
    await checkAtBothWidths(page);
    expect(await sendersOf(account)).toEqual([]);

    await fillIn(page, { 'Phone number ID': number.phone_number_id });
    await expect(page.getByRole('button', { name: 'Save anyway' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Test connection' }).click();
    // Herald runs on loopback here, where Meta could not call it: that check alone fails, and says so.
    await expect(page.getByText('4 of 5 checks pass, 1 fails.')).toBeVisible(whenAsked);
    await expect(page.getByText(/PUBLIC_URL/)).toBeVisible();
    await page.getByRole('button', { name: 'Save anyway' }).click();
    await page.waitForURL(/\/senders\/[0-9a-f-]{36}/);
    await expect(page.getByText(/Fetched the number’s details/)).toBeVisible(whenAsked);
    expect(await sendersOf(account)).toMatchObject([
      { name: 'Berlin shop', phone_number_id: number.phone_number_id, status: 'CONNECTED' },
    ]);
    expect(complaints).toEqual([]);
  });

  test('a token can be replaced but not seen, and speed, name and country be changed', async ({
    page,
    request,
  }) => {
    const complaints = listen(page);
    const account = await signUp(request);
    const number = await makeNumber();
    const order = { name: 'Old name', ...number, access_token: 'EAAexpired-token-1234' };
    const made = await answerOf(await account.api.post('/api/senders', order), 201);
    const { id } = z.object({ sender: senderShape }).parse(made).sender;
    await signIn(page, account, `/senders/${id}`);
    await expect(page.getByText('ends in …1234')).toBeVisible();

    await page.getByRole('button', { name: 'Replace the access token' }).click();
    await expect(page.getByLabel('New access token')).toBeFocused();
    await checkAtBothWidths(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Replace the access token' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.getByLabel('New access token').fill(number.access_token);
    await page.keyboard.press('Enter');
    await expect(page.getByText(`ends in …${number.access_token.slice(-4)}`)).toBeVisible();
    await expect(page.getByText('WhatsApp accepts the access token.')).toBeVisible(whenAsked);
    expect(await page.content()).not.toContain(number.access_token);

    const speed = page.getByLabel('Messages a second', { exact: true });
    await speed.fill('0');
    await expect(page.getByText('Give a whole number from 1 to 1,000.')).toBeVisible();
    await speed.fill('250');
    await expect(page.getByText('10,000 messages take about 40 seconds.')).toBeVisible();
    await page.getByRole('button', { name: 'Save speed' }).click();
    await expect(page.getByText('Speed limit is now 250 a second')).toBeVisible();
    await fillIn(page, { Name: 'New name' });
    await page.getByLabel('Default country').selectOption('IN');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'New name' })).toBeVisible();
    expect(await answerOf(await account.api.get(`/api/senders/${id}`), 200)).toMatchObject({
      ...{ name: 'New name', rate_limit: 250, default_country: 'IN' },
    });

    const limit = (can_send_message: string) =>
      sandbox('PATCH', `/numbers/${number.phone_number_id}`, { can_send_message });
    await limit('LIMITED');
    await page.getByRole('button', { name: 'Sync' }).click();
    await expect(page.getByText('WhatsApp says: limited')).toBeVisible(whenAsked);
    await expect(page.getByText(/See the account in WhatsApp Manager/).first()).toBeVisible();
    await checkAtBothWidths(page);
    await limit('AVAILABLE');
    await page.getByRole('button', { name: 'Sync' }).click();
    await expect(page.getByText('May send', { exact: true })).toBeVisible(whenAsked);
    await expect(page.getByText('WhatsApp says: limited')).toHaveCount(0);
    expect(complaints).toEqual([]);
  });

  test('a sender in use is not deleted, with links to what uses it; then it is', async ({
    page,
    request,
  }) => {
    const complaints = listen(page, [409]);
    const account = await signUp(request);
    const shop = await openShop(account);
    const campaignId = await createCampaign(account, shop, { phones: [goodPhone(1)], name: 'Autumn sale' });
    await signIn(page, account, `/senders/${shop.sender.id}`);
    await expect(page.getByRole('link', { name: 'Autumn sale', exact: true })).toBeVisible();

    const dialog = page.getByRole('alertdialog');
    await page.getByRole('button', { name: 'Delete' }).click();
    await expect(dialog).toContainText('cannot be undone');
    await checkAtBothWidths(page);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    const refusal = page.getByRole('alert').filter({ hasText: 'The sender was not deleted' });
    await expect(refusal.getByRole('link', { name: '"Autumn sale" is draft.' })).toHaveAttribute(
      'href',
      `/campaigns/${campaignId}`,
    );
    await checkAtBothWidths(page);

    await answerOf(await account.api.delete(`/api/campaigns/${campaignId}`), 200);
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL('**/senders');
    await expect(page.getByText('You have no sender yet')).toBeVisible();
    expect(await sendersOf(account)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test('the list says when the webhook was last called, and that it never was', async ({ page, request }) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  await signIn(page, account, '/senders');
  const row = page.getByRole('row').filter({ hasText: 'Shop' });
  await expect(row).toContainText('Never');
  await postWebhook({
    waba_id: shop.sender.waba_id,
    field: 'account_review_update',
    value: { decision: 'APPROVED' },
  });
  await page.reload();
  await expect(row).toContainText(/Seen (just now|1 min ago)/);
});

test("another workspace's sender is a page not found, and without a session the sign-in leads back", async ({
  page,
  request,
}) => {
  const { sender } = await openShop(await signUp(request));
  const stranger = await signUp(request);
  for (const path of ['/senders', '/senders/new', `/senders/${sender.id}`]) {
    await page.goto(path);
    await expect(page).toHaveURL((url) => url.searchParams.get('callbackUrl') === path);
  }
  await signIn(page, stranger, `/senders/${sender.id}`);
  await expect(page.getByText('Shop', { exact: true })).toHaveCount(0);
  await expect(page.getByText(/not found|no such|does not exist|nothing here/i).first()).toBeVisible();
});
