import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { answerOf, failureOf, signUp } from './support/api';
import { openShop, createCampaign, goodPhone } from './support/campaigns';
import { senderShape, templateShape } from './support/shapes';

const sealed = { access_token: 'EAAcanary-token-1', app_secret: 'canary-secret-1' };
let numbers = 0;
const realSender = () => {
  numbers += 1;
  const id = `${Date.now()}${process.pid}${numbers}`.slice(0, 20);
  return { name: 'Real', phone_number_id: `1${id}`, waba_id: `2${id}`, ...sealed };
};

test('a sender is made, shown, changed and deleted, and never shows its secrets', async ({ request }) => {
  const { api } = await signUp(request);
  const input = realSender();
  const texts: string[] = [];
  const read = async (response: Awaited<ReturnType<typeof api.get>>, status: number) => {
    texts.push(await response.text());
    return answerOf(response, status);
  };
  const made = z
    .object({ success: z.literal(true), sender: senderShape })
    .parse(await read(await api.post('/api/senders', input), 201));
  expect(made.sender).toMatchObject({
    name: 'Real',
    phone_number_id: input.phone_number_id,
    waba_id: input.waba_id,
    rate_limit: 80,
  });
  expect(made.sender.webhook_url).toMatch(/\/api\/webhooks\/whatsapp$/);
  const path = `/api/senders/${made.sender.id}`;
  expect(senderShape.parse(await read(await api.get(path), 200)).id).toBe(made.sender.id);
  expect(z.array(senderShape).parse(await read(await api.get('/api/senders'), 200))).toHaveLength(1);

  const changes = {
    name: 'Renamed',
    rate_limit: 1000,
    verify_token: 'my-own-token',
    access_token: 'canary-2',
  };
  await read(await api.patch(path, changes), 200);
  expect(senderShape.parse(await read(await api.get(path), 200))).toMatchObject({
    name: 'Renamed',
    rate_limit: 1000,
    verify_token: 'my-own-token',
  });
  for (const rate_limit of [0, 1001, 1.5, '80']) {
    await read(await api.patch(path, { rate_limit }), 422);
  }
  await read(await api.patch(path, { status: 'CONNECTED' }), 422);
  await read(await api.post('/api/senders', input), 409);
  expect(texts.join('\n')).not.toMatch(/canary|access_token|app_secret/);

  expect(await answerOf(await api.delete(path), 200)).toMatchObject({ success: true });
  await failureOf(await api.get(path), 404);
});

test('what a sender needs is asked for by name, and nothing else is taken', async ({ request }) => {
  const { api } = await signUp(request);
  const missing = await failureOf(await api.post('/api/senders', { name: 'x' }), 422);
  expect(missing.issues?.map(({ path }) => path).sort()).toEqual([
    'access_token',
    'app_secret',
    'phone_number_id',
    'waba_id',
  ]);
  for (const extra of [
    { workspace_id: crypto.randomUUID() },
    { user_id: crypto.randomUUID() },
    { id: '1' },
  ]) {
    await failureOf(await api.post('/api/senders', { ...realSender(), ...extra }), 422);
  }
  await failureOf(await api.post('/api/senders', { name: 'x', sandbox: true, access_token: 'y' }), 422);
});

test('a sandbox sender syncs every page of its templates, with the parameters that a recipient fills', async ({
  request,
}) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const sync = await answerOf(await api.post(`/api/senders/${shop.sender.id}/sync`), 200);
  const all = z.array(templateShape).parse(await answerOf(await api.get('/api/templates'), 200));
  // The sandbox gives ten a page.
  expect(all.length).toBeGreaterThan(10);
  expect(sync).toEqual(expect.objectContaining({ success: true, templates: all.length }));
  expect(all.every(({ sender_id }) => sender_id === shop.sender.id)).toBe(true);

  const keysOf = (name: string, language?: string) =>
    shop.template(name, language).parameters.map(({ key }) => key);
  expect(keysOf('black_friday')).toEqual([
    'header_param_1',
    'body_param_1',
    'body_param_2',
    'button_url_param',
  ]);
  expect(keysOf('hello_world')).toEqual([]);
  expect(keysOf('spring_collection')).toEqual(expect.arrayContaining(['header_media_url', 'body_param_1']));
  expect(keysOf('invoice_ready')).toContain('header_media_url');
  expect(keysOf('coupon_drop')).toContain('button_code_param');
  expect(keysOf('oferta_de_verano', 'es')).toEqual(
    expect.arrayContaining(['button_url_param', 'button_url_param_2']),
  );
  expect(keysOf('loyalty_points')).toEqual(
    expect.arrayContaining(['body_param_first_name', 'body_param_points', 'body_param_expiry_date']),
  );
  expect(shop.template('black_friday').parameters[1]).toMatchObject({ required: true, example: 'Maria' });

  const approved = z
    .array(templateShape)
    .parse(await answerOf(await api.get(`/api/templates?sender_id=${shop.sender.id}&status=APPROVED`), 200));
  expect(approved.map(({ status }) => status)).toEqual(approved.map(() => 'APPROVED'));
  expect(approved.length).toBe(all.filter(({ status }) => status === 'APPROVED').length);
  expect(approved.length).toBeLessThan(all.length);
});

test('a sender with a draft is not deleted under it; another workspace sees neither sender nor templates', async ({
  request,
}) => {
  const account = await signUp(request);
  const other = await signUp(request);
  const shop = await openShop(account);
  const id = await createCampaign(account, shop, { phones: [goodPhone(1)] });
  const path = `/api/senders/${shop.sender.id}`;
  await failureOf(await account.api.delete(path), 409);
  const unknown = await failureOf(await other.api.get(`/api/senders/${crypto.randomUUID()}`), 404);
  expect(await failureOf(await other.api.get(path), 404)).toEqual(unknown);
  expect(await failureOf(await other.api.patch(path, { name: 'Mine' }), 404)).toEqual(unknown);
  expect(await failureOf(await other.api.delete(path), 404)).toEqual(unknown);
  expect(await failureOf(await other.api.post(`${path}/sync`), 404)).toEqual(unknown);
  expect(await answerOf(await other.api.get('/api/senders'), 200)).toEqual([]);
  expect(await answerOf(await other.api.get('/api/templates'), 200)).toEqual([]);
  expect(await answerOf(await other.api.get(`/api/templates?sender_id=${shop.sender.id}`), 200)).toEqual([]);

  await answerOf(await account.api.delete(`/api/campaigns/${id}`), 200);
  await answerOf(await account.api.delete(path), 200);
});
