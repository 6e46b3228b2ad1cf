import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { answerOf, failureOf, signUp, type Account, type CsvFile } from './support/api';
import { goodPhone, openShop, type Shop } from './support/campaigns';
import { breakOff } from './support/raw-http';
import { createdShape } from './support/shapes';

const port = Number(process.env.HERALD_E2E_PORTS?.split(',')[0]);
const uploadedShape = createdShape.extend({
  rows: z.number(),
  imported: z.number(),
  invalid: z.number(),
  duplicates: z.number(),
  suppressed: z.number(),
});
const csv = (text: string | Buffer): CsvFile => ({
  name: 'list.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});

async function openUpload(account: Account, template: string, shop?: Shop) {
  const found = (shop ?? (await openShop(account))).template(template);
  const upload = (file: CsvFile, fields: Record<string, string> = {}, headers = {}) =>
    account.api.upload({ name: 'Upload', template_id: String(found.id), ...fields, file }, headers);
  return { template: found, upload };
}

test('the example file goes in; what is left out comes back as it was, with its reason', async ({
  request,
}) => {
  const account = await signUp(request);
  const { api } = account;
  const { upload } = await openUpload(account, 'black_friday');
  const file = readFileSync('examples/black-friday.csv');
  const mapping = {
    phone_number: 'Mobile',
    country_code: 'Country code',
    header_param_1: 'First name',
    body_param_1: 'First name',
    body_param_2: 'Discount',
    button_url_param: 'Offer code',
  };
  const answer = await upload(csv(file), { mapping: JSON.stringify(mapping), default_country: 'US' });
  const made = uploadedShape.parse(await answerOf(answer, 201));
  expect(made.rows).toBe(made.imported + made.invalid + made.duplicates + made.suppressed);
  expect(made.total_recipients).toBe(made.imported);
  expect(made.imported).toBeGreaterThan(400);
  expect(made.invalid).toBeGreaterThan(0);
  expect(made.duplicates).toBeGreaterThan(0);

  const rejected = await api.get(`/api/campaigns/${made.campaign_id}/rejected.csv`);
  expect(rejected.headers()['content-type']).toMatch(/^text\/csv/);
  const lines = (await rejected.text()).trimEnd().split('\r\n');
  expect(lines[0]?.replace('\ufeff', '')).toBe(
    'First name,Last name,Country code,Mobile,Discount,Offer code,reason',
  );
  expect(lines).toHaveLength(1 + made.invalid + made.duplicates + made.suppressed);

  const exported = await api.get(`/api/campaigns/${made.campaign_id}/recipients.csv`);
  const rows = (await exported.text()).trimEnd().split('\r\n');
  expect(rows[0]?.replace('\ufeff', '')).toBe(
    'First name,Last name,Country code,Mobile,Discount,Offer code,status,error_code,error_message,replied_at,opted_out_at,reply',
  );
  expect(rows).toHaveLength(1 + made.imported);
  expect(rows.slice(1).every((row) => /,pending,,,,,$/.test(row))).toBe(true);
  expect(exported.headers()['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.csv"$/);

  const recipients = await api.recipients(made.campaign_id);
  expect(recipients).toHaveLength(made.imported);
  expect(new Set(recipients.map(({ to }) => to)).size).toBe(made.imported);
  expect(recipients.every((r) => r.to === r.country_code + r.phone_number)).toBe(true);
});

test('numbers are read by country code column, default country, plus and double zero', async ({
  request,
}) => {
  const account = await signUp(request);
  const { upload } = await openUpload(account, 'hello_world');
  const text = [
    'sep=;',
    'Mobile;CC',
    '+44 7911 123456;',
    '0044 7911 123457;',
    '07911 123458;GB',
    '7911 123459;+44',
    '202-555-1000;',
    '"(0)171 1234567";49',
    '+447911123456;',
    '9,19877E+11;',
    ';',
    '   ',
    '123;',
  ].join('\r\n');
  const mapping = JSON.stringify({ phone_number: 'Mobile', country_code: 'CC' });
  const answer = await upload(csv(`\ufeff${text}`), { mapping, default_country: 'US' });
  const made = uploadedShape.parse(await answerOf(answer, 201));
  expect(made).toMatchObject({ imported: 6, duplicates: 1, invalid: 2, rows: 9 });
  const recipients = await account.api.recipients(made.campaign_id);
  expect(recipients.map(({ to }) => to)).toEqual([
    '+447911123456',
    '+447911123457',
    '+447911123458',
    '+447911123459',
    '+12025551000',
    '+491711234567',
  ]);
});

test('a required parameter that is empty makes its row invalid; formulas come out harmless', async ({
  request,
}) => {
  const account = await signUp(request);
  const { api } = account;
  const { upload } = await openUpload(account, 'delivery_on_its_way');
  const text = [
    'phone_number,body_param_1,body_param_2,Note',
    `${goodPhone(1)},"=HYPERLINK(""http://evil.example"")",@SUM(A1),-2+3`,
    `${goodPhone(2)},,today,x`,
    `${goodPhone(3)},  ,today,=1+1`,
  ].join('\n');
  const made = uploadedShape.parse(await answerOf(await upload(csv(text)), 201));
  expect(made).toMatchObject({ imported: 1, invalid: 2 });
  for (const file of ['recipients.csv', 'rejected.csv']) {
    const out = await (await api.get(`/api/campaigns/${made.campaign_id}/${file}`)).text();
    expect(out).not.toMatch(/(^|,|")[=@\t]/m);
    expect(out).not.toMatch(/(^|,|")-2\+3/m);
  }
  const [recipient] = await api.recipients(made.campaign_id);
  expect(recipient?.params.body_param_1).toBe('=HYPERLINK("http://evil.example")');
});

test('an upload that cannot be used is refused in words, and leaves nothing', async ({ request }) => {
  const account = await signUp(request);
  const { api } = account;
  const { upload, template } = await openUpload(account, 'delivery_on_its_way');
  const head = 'phone_number,body_param_1,body_param_2\n';
  const row = `${goodPhone(1)},a,b\n`;
  const bad: [CsvFile, Record<string, string>][] = [
    [csv(''), {}],
    [csv(head), {}],
    [csv(`${head}12,a,b\n`), {}],
    [csv(`${head}${row}"${goodPhone(2)},a,b\n`), {}],
    [csv(head + row), { mapping: '{"phone_number": "Handy"}' }],
    [csv(head + row), { mapping: 'x' }],
    [csv(head + row), { default_country: 'XX' }],
    [csv(head + row), { role: 'admin' }],
    [csv(head + row), { template_id: 'x' }],
    [csv(Buffer.concat([Buffer.from(head + row), Buffer.from([0])])), {}],
  ];
  for (const [file, fields] of bad) await failureOf(await upload(file, fields), 422);
  await failureOf(await upload(csv(head + row), { template_id: '2000000000' }), 404);
  await failureOf(await api.upload({ name: 'x', template_id: String(template.id) }), 422);
  expect(await answerOf(await api.get('/api/campaigns'), 200)).toEqual([]);
});

test('an idempotency key covers an upload too', async ({ request }) => {
  const account = await signUp(request);
  const { upload } = await openUpload(account, 'hello_world');
  const key = { 'Idempotency-Key': 'upload-1' };
  const first = await answerOf(await upload(csv(`phone_number\n${goodPhone(1)}\n`), {}, key), 201);
  expect(await answerOf(await upload(csv(`phone_number\n${goodPhone(1)}\n`), {}, key), 201)).toEqual(first);
  await failureOf(await upload(csv(`phone_number\n${goodPhone(2)}\n`), {}, key), 409);
});

test('an upload cut off half-way leaves nothing', async ({ request }) => {
  const account = await signUp(request);
  const { api } = account;
  const { template } = await openUpload(account, 'hello_world');
  const field = (name: string, value: string) =>
    `--cut\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const rows = Array.from({ length: 20_000 }, (_, i) => `${goodPhone(i)}\n`).join('');
  const body = [
    field('name', 'Cut'),
    field('template_id', String(template.id)),
    '--cut\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\nphone_number\n',
    rows,
  ];
  const head = [
    'POST /api/campaigns/create HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${api.token}`,
    'Content-Type: multipart/form-data; boundary=cut',
    `Content-Length: ${body.join('').length + 1_000_000}`,
    '\r\n',
  ].join('\r\n');
  await breakOff(port, head, body);
  // Whatever the server still does with it, it has done when a whole upload after it is through.
  const whole = await api.upload({
    name: 'Whole',
    template_id: String(template.id),
    file: csv(`phone_number\n${goodPhone(1)}\n`),
  });
  await answerOf(whole, 201);
  const campaigns = (await answerOf(await api.get('/api/campaigns'), 200)) as { name: string }[];
  expect(campaigns.map(({ name }) => name)).toEqual(['Whole']);
});

test('100,000 rows go in by one request', async ({ request }) => {
  const account = await signUp(request);
  const { upload } = await openUpload(account, 'delivery_on_its_way');
  const rows = Array.from(
    { length: 100_000 },
    (_, i) => `${goodPhone(i)},Person ${i},between 14:00 and 16:00`,
  );
  const startedAt = Date.now();
  const answer = await upload(csv(`phone_number,body_param_1,body_param_2\n${rows.join('\n')}\n`));
  const seconds = (Date.now() - startedAt) / 1000;
  const made = uploadedShape.parse(await answerOf(answer, 201));
  expect(made).toMatchObject({ rows: 100_000, imported: 100_000, total_recipients: 100_000 });
  expect(seconds).toBeLessThan(45);
  test.info().annotations.push({ type: 'seconds', description: String(seconds) });
  expect(await account.api.campaign(made.campaign_id)).toMatchObject({ pending: 100_000, status: 'draft' });
});
