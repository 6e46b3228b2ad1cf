import { expect, test } from '@playwright/test';
import { HookReceiver, isSignedBy } from '@/tests/support/hook-receiver';
import { answerOf, failureOf, signUp } from './support/api';
import {
  createCampaign,
  goodPhone,
  isCompleted,
  openShop,
  specialPhone,
  untilCampaign,
} from './support/campaigns';
import { checkAtBothWidths, desk, listen, phone, signIn } from './support/pages';

const ALL = [
  'campaign.started',
  'campaign.paused',
  'campaign.finished',
  'message.failed',
  'message.replied',
  'contact.opted_out',
];

let receiver: HookReceiver;
test.beforeEach(async () => {
  receiver = await HookReceiver.open();
});
test.afterEach(() => receiver.close());

test('a campaign is told from its start to its end, signed, each failure once', async ({ request }) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const made = (await answerOf(
    await api.post('/api/webhook-endpoints', { url: receiver.url(), events: ALL }),
    201,
  )) as { secret: string; webhook_endpoint: { id: string } };
  const phones = [goodPhone(1), goodPhone(2), specialPhone('0002')];
  const id = await createCampaign(account, shop, { phones, name: 'Told' });
  await answerOf(await api.post(`/api/campaigns/${id}/send`, {}), 202);
  await untilCampaign(account, id, isCompleted);
  await answerOf(await api.post('/api/opt-outs', { phones: [goodPhone(1)], reason: 'By phone.' }), 201);
  await expect
    .poll(() => receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type).sort())
    .toEqual(['campaign.finished', 'campaign.started', 'contact.opted_out', 'message.failed']);
  for (const hook of receiver.received) expect(isSignedBy(made.secret, hook)).toBe(true);
  expect(receiver.events('campaign.finished')).toMatchObject([
    {
      data: { cause: 'completed', campaign: { id, name: 'Told', status: 'completed', total_recipients: 3 } },
    },
  ]);
  expect(receiver.events('message.failed')).toMatchObject([
    { data: { campaign_id: id, to: phones[2], error_code: 131026 } },
  ]);
});

test('an address inside the network, without TLS or with a password is refused, naming the field', async ({
  request,
}) => {
  const { api } = await signUp(request);
  for (const url of [
    'http://10.0.0.1/',
    'https://[::1]/',
    'https://169.254.169.254/',
    'https://u:p@example.com/',
  ]) {
    const failure = await failureOf(await api.post('/api/webhook-endpoints', { url, events: ALL }), 422);
    expect(failure).toMatchObject({ code: 'webhook_url_invalid', issues: [{ path: 'url' }] });
  }
  const none = await failureOf(
    await api.post('/api/webhook-endpoints', { url: receiver.url(), events: [] }),
    422,
  );
  expect(none).toMatchObject({ issues: [{ path: 'events' }] });
});

test.describe('at a desk', () => {
  test.use({
    viewport: desk.viewport,
    colorScheme: desk.colorScheme,
    contextOptions: { reducedMotion: 'reduce' },
  });

  test('an endpoint is added, tested, seen to fail, sent to again, switched off and deleted', async ({
    page,
    request,
  }) => {
    const complaints = listen(page, [422]);
    const account = await signUp(request);
    await signIn(page, account, '/settings');
    await page.getByRole('link', { name: 'Webhooks' }).click();
    await expect(page.getByText('Herald can tell your own programs')).toBeVisible();
    await checkAtBothWidths(page);

    await page.getByRole('button', { name: 'Add an endpoint' }).click();
    await page.getByLabel('Address').fill('http://10.0.0.1/hook');
    await page.getByRole('button', { name: 'Add the endpoint' }).click();
    await expect(page.getByLabel('Address')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText('is not on the public internet')).toBeVisible();
    await checkAtBothWidths(page);
    await page.getByLabel('Address').fill(receiver.url());
    await page.getByRole('checkbox', { name: /A message failed/ }).uncheck();
    await page.getByRole('button', { name: 'Add the endpoint' }).click();
    const secret = await page.getByLabel('The new signing secret').innerText();
    expect(secret).toMatch(/^whsec_/);
    await checkAtBothWidths(page);
    // Leaving before it was copied asks first.
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await page.getByRole('link', { name: receiver.url() }).click();
    await expect(page.getByText('Nothing has been sent yet')).toBeVisible();
    expect(await page.content()).not.toContain(secret);
    receiver.answer = (response) => response.writeHead(500).end('Not yet');
    await page.getByRole('button', { name: 'Send a test' }).click();
    const log = page.getByRole('list', { name: 'Deliveries, newest first' });
    await expect(log.getByText('Given up')).toBeVisible();
    await log.getByText('webhook.test', { exact: true }).click();
    await expect(log.getByText('Not yet')).toBeVisible();
    await checkAtBothWidths(page);

    receiver.answer = (response) => response.writeHead(204).end();
    await log.getByRole('button', { name: 'Send again' }).click();
    await expect(log.getByText('Delivered')).toBeVisible();
    expect(receiver.received.map((hook) => isSignedBy(secret, hook))).toEqual([true, true]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    await page.getByLabel('Show').selectOption('waiting');
    await expect(page.getByText('None of these.')).toBeVisible();
    await page.getByRole('button', { name: 'Show all' }).click();

    await page.getByRole('button', { name: 'Switch off' }).click();
    await expect(page.getByText('This endpoint is off')).toBeVisible();
    await checkAtBothWidths(page);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.waitForURL('**/settings/webhooks');
    await expect(page.getByText('Herald can tell your own programs')).toBeVisible();
    expect(complaints).toEqual([]);
  });
});

test.describe('on a phone, by the keyboard alone', () => {
  test.use({ viewport: phone.viewport, colorScheme: phone.colorScheme });

  test('a secret is rotated and what is told is changed', async ({ page, request }) => {
    const complaints = listen(page);
    const account = await signUp(request);
    const made = (await answerOf(
      await account.api.post('/api/webhook-endpoints', { url: receiver.url(), events: ALL }),
      201,
    )) as { webhook_endpoint: { id: string } };
    const path = `/api/webhook-endpoints/${made.webhook_endpoint.id}`;
    await signIn(page, account, `/settings/webhooks/${made.webhook_endpoint.id}`);
    await page.getByRole('button', { name: 'Change' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: /A campaign starts/ }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Save the endpoint' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByText('A campaign starts')).toHaveCount(0);
    expect(await answerOf(await account.api.get(path), 200)).toMatchObject({ events: ALL.slice(1) });

    await page.getByRole('button', { name: 'Rotate the secret' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Make the new secret' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('The new signing secret')).toContainText('whsec_');
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).press('Enter');
    await expect(page.getByText('The one before signs too until')).toBeVisible();
    await checkAtBothWidths(page);
    expect(complaints).toEqual([]);
  });
});
