// npm run screenshots: the README's pictures, made from a Herald that runs (npm start) on URL, default
// http://127.0.0.1:3000. Signs a new account up, sends the example list on the sandbox and looks at it half-way.
import { existsSync, mkdirSync, openAsBlob } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';

const url = process.env.URL ?? 'http://127.0.0.1:3000';
const account = { email: `pictures-${Date.now()}@example.com`, password: 'a picture says more' };
const MAPPING = {
  phone_number: 'Mobile',
  country_code: 'Country code',
  header_param_1: 'First name',
  body_param_1: 'First name',
  body_param_2: 'Discount',
  button_url_param: 'Offer code',
};

let token = '';
async function call(method, path, body) {
  const isForm = body instanceof FormData;
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(!isForm && { 'content-type': 'application/json' }),
  };
  const response = await fetch(url + path, {
    method,
    headers,
    body: isForm ? body : body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${answer.error?.message ?? response.status}`);
  return answer;
}

token = (await call('POST', '/api/auth/signup', { ...account, name: 'Ana Pereira' })).access_token;
const { sender } = await call('POST', '/api/senders', { name: 'Demo shop', sandbox: true });
await call('POST', `/api/senders/${sender.id}/sync`, {});
const template = (await call('GET', '/api/templates?status=APPROVED')).find(
  (one) => one.name === 'black_friday',
);
const form = new FormData();
form.set('name', 'Black Friday, early access');
form.set('template_id', String(template.id));
form.set('mapping', JSON.stringify(MAPPING));
form.set('file', await openAsBlob('examples/black-friday.csv'), 'black-friday.csv');
const { campaign_id: campaignId } = await call('POST', '/api/campaigns/create', form);
await call('POST', `/api/campaigns/${campaignId}/send`, { rate_limit: 30 });
await sleep(2000);

mkdirSync('docs/images', { recursive: true });
const system = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const executablePath = existsSync(chromium.executablePath()) ? undefined : system;
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const [name, viewport] of Object.entries({
  campaign: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  const page = await browser.newPage({ viewport, colorScheme: 'light' });
  await page.goto(`${url}/login?callbackUrl=/campaigns/${campaignId}`);
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/campaigns/${campaignId}`);
  await page.getByText(/of \d+ handled/).waitFor();
  await page.screenshot({ path: `docs/images/${name}.png` });
  await page.close();
}
await browser.close();
console.log('docs/images is made anew.');
