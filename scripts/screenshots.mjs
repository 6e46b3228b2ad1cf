// npm run screenshots: the README's pictures, made from a Herald that runs (npm start) on URL, default
// http://127.0.0.1:3000. Signs a new account up, sends the example list on the sandbox and looks at it half-way.
import { mkdirSync, openAsBlob } from 'node:fs';
import { chromium } from '@playwright/test';
import { fail } from './bootstrap.mjs';
import { findChromium } from './chromium.mjs';

const url = process.env.URL ?? 'http://127.0.0.1:3000';
const account = { email: `pictures-${Date.now()}@example.com`, password: 'a picture says more' };
const CAMPAIGN = 'Black Friday, early access';
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

const answers = await fetch(`${url}/api/health`).then(
  ({ ok }) => ok,
  () => false,
);
if (!answers) fail(`No Herald answers at ${url}. Start one with: npm start`);

token = (await call('POST', '/api/auth/signup', { ...account, name: 'Ana Pereira' })).access_token;
const { sender } = await call('POST', '/api/senders', { name: 'Demo shop', sandbox: true });
await call('POST', `/api/senders/${sender.id}/sync`, {});
const template = (await call('GET', '/api/templates?status=APPROVED')).find(
  (one) => one.name === 'black_friday',
);
const form = new FormData();
form.set('name', CAMPAIGN);
form.set('template_id', String(template.id));
form.set('mapping', JSON.stringify(MAPPING));
form.set('file', await openAsBlob('examples/black-friday.csv'), 'black-friday.csv');
const { campaign_id: campaignId } = await call('POST', '/api/campaigns/create', form);
await call('POST', `/api/campaigns/${campaignId}/send`, { rate_limit: 15 });
mkdirSync('docs/images', { recursive: true });
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu'],
});
const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
// The rate is shown once it means something.
const isMeasured = (page) => page.getByText('measuring…').first().waitFor({ state: 'detached' });
await Promise.all([
  picture('campaign', desk, `/campaigns/${campaignId}`, isMeasured),
  picture('phone', phone, `/campaigns/${campaignId}`, isMeasured),
]);
await picture('list', desk, '/campaigns', (page) =>
  page.getByRole('link', { name: CAMPAIGN }).first().waitFor(),
);
await picture('wizard', desk, `/campaigns/new?template=${template.id}`, async (page) => {
  await page.getByLabel('Name of the campaign').fill('Black Friday, last call');
  await page.getByRole('button', { name: 'Next: Recipients' }).click();
  await page.getByLabel('List of recipients').setInputFiles('examples/black-friday.csv');
  await page.getByText('The first rows').waitFor();
  await page.getByRole('button', { name: 'Next: Map and fix' }).click();
  await page.getByRole('button', { name: /With a fault/ }).waitFor();
});
await browser.close();
console.log('docs/images is made anew.');

async function picture(name, viewport, path, untilReady) {
  const page = await browser.newPage({ viewport, colorScheme: 'light' });
  await page.goto(`${url}/login`);
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/campaigns');
  await page.goto(url + path);
  await untilReady(page);
  await page.screenshot({ path: `docs/images/${name}.png` });
  await page.close();
}
