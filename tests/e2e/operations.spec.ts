import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { answerOf, failureOf, signUp } from './support/api';
import { createCampaign, goodPhone, openShop } from './support/campaigns';
import { speak } from './support/raw-http';

const port = Number(process.env.HERALD_E2E_PORTS?.split(',')[0]);
const head = (lines: string[]) => [...lines, `Host: 127.0.0.1:${port}`, '', ''].join('\r\n');

test('health says ok, how many workers there are, and the version', async ({ request }) => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const health = await answerOf(await request.get('/api/health'), 200);
  expect(health).toEqual({ status: 'ok', database: 'ok', workers: 1, version });
});

test('metrics are Prometheus text, for this machine only', async ({ request }) => {
  const answer = await request.get('/api/metrics');
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  expect(text).toMatch(/^# TYPE herald_\w+ (gauge|counter)$/m);
  for (const line of text.split('\n').filter((each) => each !== ''))
    expect(line).toMatch(/^(#|[a-z_][a-z0-9_]*(\{[^}]*\})? -?(\d|NaN|\+Inf))/i);
  // Somebody else's request, brought by a proxy on this machine.
  await failureOf(await request.get('/api/metrics', { headers: { 'X-Forwarded-For': '203.0.113.9' } }), 403);
});

test('the OpenAPI document is served, and a page to browse it', async ({ request, page }) => {
  const document = z
    .object({ openapi: z.string().startsWith('3.'), paths: z.record(z.string(), z.object({})) })
    .parse(await answerOf(await request.get('/api/openapi.json'), 200));
  await page.goto('/docs');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const text = await page.locator('main').innerText();
  for (const path of Object.keys(document.paths)) expect(text).toContain(path);
});

test('every kind of answer carries the security headers', async ({ request }) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const id = await createCampaign(account, shop, { phones: [goodPhone(1)] });
  const answers = [
    await request.get('/login'),
    await request.get('/docs'),
    await request.get('/', { maxRedirects: 0 }),
    await request.get('/campaigns', { maxRedirects: 0 }),
    await request.get('/no-such-page'),
    await request.get('/icon.svg'),
    await request.get('/api/health'),
    await request.get('/api/no-such-route'),
    await request.get('/api/campaigns'),
    await request.get('/api/auth/csrf'),
    await request.put('/api/campaigns'),
    await request.get('/api/webhooks/whatsapp'),
    await request.post('/api/webhooks/whatsapp', { data: {} }),
    await account.api.get(`/api/campaigns/${id}`),
    await account.api.get(`/api/campaigns/${id}/recipients.csv`),
    await account.api.post('/api/campaigns/create', '{'),
  ];
  for (const answer of answers) {
    const headers = answer.headers();
    const what = `${answer.url()} ${answer.status()}`;
    expect(headers['x-content-type-options'], what).toBe('nosniff');
    expect(headers['content-security-policy'], what).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy'], what).toMatch(/script-src 'self' 'nonce-[\w+/=]+'/);
    expect(headers['referrer-policy'], what).toBeTruthy();
    expect(headers['x-powered-by'], what).toBeUndefined();
    expect(answer.status(), what).toBeLessThan(500);
  }
  for (const answer of answers.filter((each) => each.url().includes('/api/') && each.status() !== 405))
    expect(answer.headers()['cache-control'], answer.url()).toContain('no-store');
});

test('what is no route of the API is a 404 in the shape of every failure, and a wrong method a 405', async ({
  request,
}) => {
  await failureOf(await request.get('/api/no-such-route'), 404);
  await failureOf(await request.get('/api'), 404);
  await failureOf(await request.post('/api/campaigns/x/y/z', { data: {} }), 404);
  await failureOf(await request.get('/api/auth/no-such-route'), 404);
  await failureOf(await request.post('/api/auth/no-such-route', { data: {} }), 404);
  for (const [method, path] of [
    ['PUT', '/api/campaigns'],
    ['DELETE', '/api/auth/me'],
    ['POST', '/api/health'],
    ['PUT', '/api/webhooks/whatsapp'],
    ['PROPFIND', '/api/campaigns'],
  ] as const) {
    const answer = await request.fetch(path, { method });
    await failureOf(answer, 405);
    expect(answer.headers().allow, `${method} ${path}`).toContain('GET');
  }
  const broken = await speak(port, head(['GET /api/campaigns/%E0%A4%A HTTP/1.1', 'Connection: close']));
  expect(broken).toMatch(/^HTTP\/1\.1 400 [^]*"code":"malformed_path"/);
});

test('a mutation by GET, a smuggled request and a body too large get nowhere', async ({ request }) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const id = await createCampaign(account, shop, { phones: [goodPhone(1)] });
  const get = await account.api.get(`/api/campaigns/${id}/send`);
  expect(get.status()).toBe(405);
  expect((await account.api.campaign(id)).status).toBe('draft');

  const smuggled = head([
    'POST /api/auth/login HTTP/1.1',
    'Content-Type: application/json',
    'Content-Length: 5',
    'Transfer-Encoding: chunked',
  ]);
  const both = await speak(port, `${smuggled}0\r\n\r\nGET /api/health HTTP/1.1\r\nHost: x\r\n\r\n`);
  expect(both).toMatch(/^HTTP\/1\.1 400 /);
  expect(both.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  const badChunk = head([
    'POST /api/auth/login HTTP/1.1',
    'Content-Type: application/json',
    'Transfer-Encoding: chunked',
  ]);
  expect(await speak(port, `${badChunk}zz\r\n{}\r\n0\r\n\r\n`)).toMatch(/^(HTTP\/1\.1 400 |$)/);

  const large = JSON.stringify({ email: 'x'.repeat(2 * 1024 * 1024), password: 'x' });
  await failureOf(await account.api.post('/api/auth/login', large), 413);
});

test('nothing that an attacker writes into a name comes back as markup', async ({ request, page }) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const name = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  const id = await createCampaign(account, shop, { phones: [goodPhone(1)], name });
  await page.goto('/login');
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/campaigns/);
  await page.goto(`/campaigns/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  expect(await page.locator('main img, h1 script').count()).toBe(0);
  await page.goto('/login?callbackUrl=//evil.example');
  await expect(page).toHaveURL(/127\.0\.0\.1.*\/campaigns/);
});
