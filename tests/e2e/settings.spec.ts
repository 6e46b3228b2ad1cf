import { expect, test, type APIRequestContext } from '@playwright/test';
import { z } from 'zod';
import { answerOf, Api, failureOf, signUp, type Account } from './support/api';
import { goodPhone, openShop, specialPhone, untilCampaign } from './support/campaigns';
import { checkAtBothWidths, desk, listen, signIn } from './support/pages';

async function makeKey(
  { api }: Account,
  body: Record<string, unknown> = {},
): Promise<{ key: string; id: string }> {
  const made = await answerOf(await api.post('/api/api-keys', { name: 'Program', ...body }), 201);
  const shape = z.object({ success: z.literal(true), key: z.string(), api_key: z.object({ id: z.uuid() }) });
  const { key, api_key } = shape.parse(made);
  return { key, id: api_key.id };
}

test.describe('at a desk', () => {
  test.use({
    viewport: desk.viewport,
    colorScheme: desk.colorScheme,
    contextOptions: { reducedMotion: 'reduce' },
  });

  test('a key is made, seen once, used, replaced and revoked', async ({ page, context, request }) => {
    const complaints = listen(page);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const account = await signUp(request);
    await signIn(page, account);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
    await page.waitForURL('**/settings');
    await page.getByRole('link', { name: 'API keys' }).click();
    await expect(page.getByText('There is no API key yet')).toBeVisible();
    await expect(page.getByText(`curl ${new URL(page.url()).origin}/api/auth/me`)).toBeVisible();
    await checkAtBothWidths(page);

    await page.getByRole('button', { name: 'New API key' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Shop backend');
    await checkAtBothWidths(page);
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = await page.getByLabel('The new API key').innerText();
    await checkAtBothWidths(page);
    // Leaving before it was copied asks first.
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Copy the key' }).click();
    await expect(page.getByText('Copied. Put it in its place')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    const program = new Api(request, key);
    await answerOf(await program.get('/api/campaigns'), 200);
    await page.reload();
    await expect(page.getByText(key.slice(0, 11))).toBeVisible();
    expect(await page.content()).not.toContain(key);
    await checkAtBothWidths(page);

    await page.getByRole('button', { name: 'Replace Shop backend' }).click();
    await page.getByRole('button', { name: 'Make the new key' }).click();
    const next = await page.getByLabel('The new API key').innerText();
    await page.getByRole('button', { name: 'Copy the key' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('Ends within a day')).toBeVisible();
    for (const each of [key, next]) await answerOf(await new Api(request, each).get('/api/auth/me'), 200);

    await page.getByRole('button', { name: 'Revoke Shop backend' }).last().click();
    await page.getByRole('button', { name: 'Revoke for good' }).click();
    await expect(page.getByText('1 key that ended in the last 90 days')).toBeVisible();
    await failureOf(await program.get('/api/auth/me'), 401);
    await page.getByText('1 key that ended in the last 90 days').click();
    await checkAtBothWidths(page);
    expect(complaints).toEqual([]);
  });

  test('the activity says who did what, page after page', async ({ page, request }) => {
    const complaints = listen(page);
    const account = await signUp(request);
    const { id } = await makeKey(account);
    await answerOf(await account.api.delete(`/api/api-keys/${id}`), 200);
    for (let i = 0; i < 50; i += 1)
      await answerOf(await account.api.patch('/api/auth/me', { name: `Eve ${i}` }), 200);
    await signIn(page, account);
    await page.goto('/settings/activity');
    const list = page.getByRole('list', { name: 'Activity, newest first' });
    await expect(list.getByRole('listitem')).toHaveCount(50);
    await expect(list.getByRole('listitem').first()).toContainText(
      `Eve 49 changed the profile of ${account.email}`,
    );
    await checkAtBothWidths(page);
    await page.getByRole('button', { name: 'Load more' }).click();
    await expect(list.getByRole('listitem')).toHaveCount(52);
    await expect(list.getByRole('listitem').last()).toContainText('Eve 49 made the API key Program');
    await expect(list.getByRole('listitem').nth(50)).toContainText('revoked the API key Program');
    await expect(page.getByRole('button', { name: 'Load more' })).toHaveCount(0);
    expect(complaints).toEqual([]);
  });

  test('a name and preferences stay, and a number that is none is named', async ({ page, request }) => {
    const complaints = listen(page, [422]);
    const account = await signUp(request);
    await signIn(page, account);
    await page.goto('/settings');
    await page.getByLabel('Name', { exact: true }).fill('Ana Lima');
    await page.getByRole('button', { name: 'Save profile' }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await checkAtBothWidths(page);

    await page.getByRole('link', { name: 'Preferences' }).click();
    await page.getByLabel('Your number').fill('07400 123456');
    await page.getByRole('button', { name: 'Save preferences' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'not saved' })).toBeVisible();
    await expect(page.getByLabel('Your number')).toHaveAttribute('aria-invalid', 'true');
    await checkAtBothWidths(page);
    await page.getByLabel('Country', { exact: true }).selectOption('GB');
    await page.getByLabel('Keyboard shortcuts').uncheck();
    await page.getByRole('button', { name: 'Save preferences' }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('Your number')).toHaveValue('+447400123456');
    await expect(page.getByLabel('Country', { exact: true })).toHaveValue('GB');
    await expect(page.getByLabel('Keyboard shortcuts')).not.toBeChecked();
    expect(await answerOf(await account.api.get('/api/settings'), 200)).toEqual({
      test_numbers: ['+447400123456'],
      default_country: 'GB',
      shortcuts_enabled: false,
      checklist_dismissed: false,
    });
    await page.getByRole('link', { name: 'Account' }).click();
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ana Lima');
    expect(complaints).toEqual([]);
  });
});

test('a new password signs out everybody else, and signing out everywhere this browser too', async ({
  page,
  request,
}) => {
  const account = await signUp(request);
  await signIn(page, account);
  await page.goto('/settings');
  const change = async (current: string, next: string) => {
    await page.getByLabel('Current password', { exact: true }).fill(current);
    await page.getByLabel('New password', { exact: true }).fill(next);
    await page.getByRole('button', { name: 'Change password' }).click();
  };
  await change('not my password', 'a new horse battery');
  await expect(page.getByLabel('Current password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await answerOf(await account.api.get('/api/auth/me'), 200);

  await change(account.password, 'a new horse battery');
  await expect(page.getByText('Changed; signed out in 1 other place')).toBeVisible();
  await failureOf(await account.api.get('/api/auth/me'), 401);
  await failureOf(
    await request.post('/api/auth/refresh', { data: { refresh_token: account.refreshToken } }),
    401,
  );

  await page.reload();
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL(/\/login/);
  await page.goto('/settings');
  await page.waitForURL(/\/login\?callbackUrl=%2Fsettings/);
  await signIn(page, { ...account, password: 'a new horse battery' });
});

interface Operation {
  method: string;
  path: string;
}

async function guardedRoutes(request: APIRequestContext): Promise<Operation[]> {
  const document = (await answerOf(await request.get('/api/openapi.json'), 200)) as {
    paths: Record<string, Record<string, { security?: unknown[] }>>;
  };
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { security = [] }]) => security.length > 0)
      .map(([method]) => ({ method: method.toUpperCase(), path })),
  );
}

test('a key opens every route but those that manage keys and people; a read key opens what reads', async ({
  request,
}) => {
  const account = await signUp(request);
  const full = new Api(request, (await makeKey(account)).key);
  const read = new Api(request, (await makeKey(account, { access: 'read' })).key);
  const routes = await guardedRoutes(request);
  expect(routes.length).toBeGreaterThan(20);
  const forPeople = /^\/api\/(api-keys|auth\/(password|logout-everywhere))/;
  for (const { method, path } of routes) {
    const url = path.replace(/\{\w+\}/, crypto.randomUUID());
    const isForPeople = forPeople.test(path) || (path === '/api/auth/me' && method !== 'GET');
    for (const [api, mayChange] of [
      [full, true],
      [read, false],
    ] as const) {
      const answer = await api.call(method, url, method === 'GET' ? undefined : {});
      const route = `${method} ${path}`;
      if (isForPeople) expect((await failureOf(answer, 403)).code, route).toBe('api_key_not_allowed');
      else if (method !== 'GET' && !mayChange)
        expect((await failureOf(answer, 403)).code, route).toBe('read_only_key');
      else expect([401, 403], `${route}: ${answer.status()}`).not.toContain(answer.status());
    }
  }
  await failureOf(await new Api(request, `hrld_${'A'.repeat(43)}`).get('/api/auth/me'), 401);
});

test('a test message goes to each number like any other, and is in no list', async ({ request }) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const template = shop.template('delivery_on_its_way');
  const params = Object.fromEntries(template.parameters.map(({ key }) => [key, 'Ana']));
  const recipients = [goodPhone(7), specialPhone('0001'), specialPhone('0002')].map((phone_number) => ({
    phone_number,
    ...params,
  }));
  const order = { template_id: template.id, recipients };
  const sent = await answerOf(await api.post('/api/test-messages', order), 202);
  const { campaign_id } = z.object({ success: z.literal(true), campaign_id: z.uuid() }).parse(sent);
  await untilCampaign(account, campaign_id, (c) => c.status === 'completed' && c.delivered + c.failed === 3);
  const results = await api.recipients(campaign_id);
  expect(results.map(({ status }) => status === 'failed')).toEqual([false, true, true]);
  expect(results.map(({ error_code }) => error_code)).toEqual([null, 131026, 131026]);
  expect(await answerOf(await api.get('/api/campaigns'), 200)).toEqual([]);

  await failureOf(await api.post('/api/test-messages', { ...order, recipients: [] }), 422);
  for (let i = 0; i < 2; i += 1) await answerOf(await api.post('/api/test-messages', order), 202);
  await failureOf(await api.post('/api/test-messages', order), 429);
});
