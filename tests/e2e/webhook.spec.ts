import { createHmac } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { answerOf, failureOf, signUp, type Account } from './support/api';
import { createCampaign, goodPhone, isCompleted, openShop, send, untilCampaign } from './support/campaigns';
import { changeSandbox, ledger, postWebhook } from './support/sandbox';
import { senderShape } from './support/shapes';

const path = '/api/webhooks/whatsapp';
let made = 0;

/** A real sender, whose secret the test knows; nothing is ever sent from it. */
async function realSender(account: Account, more: Record<string, string> = {}) {
  made += 1;
  const id = `${process.pid}${Date.now()}${made}`;
  const input = { phone_number_id: `1${id}`, waba_id: `2${id}`, app_secret: `secret-${id}`, ...more };
  const body = { name: 'Real', access_token: 'EAAx', verify_token: `verify-${id}`, ...input };
  const answer = (await answerOf(await account.api.post('/api/senders', body), 201)) as { sender: unknown };
  return { ...input, verify_token: body.verify_token, sender: senderShape.parse(answer.sender) };
}

const sign = (body: string, secret: string) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const envelope = (sender: { phone_number_id: string; waba_id: string }, value: object = {}) =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: sender.waba_id,
        changes: [
          { field: 'messages', value: { metadata: { phone_number_id: sender.phone_number_id }, ...value } },
        ],
      },
    ],
  });

const status = (to: string, id: string, kind: string, more: object = {}) => ({
  statuses: [
    {
      id,
      status: kind,
      timestamp: String(Math.floor(Date.now() / 1000)),
      recipient_id: to.replace('+', ''),
      ...more,
    },
  ],
});

test('the handshake answers the bare challenge to the right token, and 403 to anything else', async ({
  request,
}) => {
  const { verify_token: token } = await realSender(await signUp(request));
  const ask = (query: Record<string, string>) =>
    request.get(`${path}?${new URLSearchParams(query).toString()}`);
  const good = { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '<script>1</script>' };
  const answer = await ask(good);
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toBe('<script>1</script>');
  expect(answer.headers()['content-type']).toMatch(/^text\/plain/);
  expect(answer.headers()['x-content-type-options']).toBe('nosniff');
  await failureOf(await ask({ ...good, 'hub.verify_token': `${token}x` }), 403);
  await failureOf(await ask({ ...good, 'hub.verify_token': '' }), 403);
  await failureOf(await ask({ ...good, 'hub.mode': 'unsubscribe' }), 403);
  await failureOf(await request.get(path), 403);
});

test('only the bytes that the app secret signed are taken', async ({ request }) => {
  const sender = await realSender(await signUp(request));
  const post = (body: string, headers: Record<string, string>) =>
    request.post(path, {
      headers: { 'Content-Type': 'application/json', ...headers },
      data: Buffer.from(body),
    });
  const body = envelope(sender, { statuses: [], note: '\u00e9 \\u00e9 \\/ \ud83d\ude00' });
  const right = sign(body, sender.app_secret);
  await answerOf(await post(body, { 'X-Hub-Signature-256': right }), 200);
  const wrong: Record<string, string>[] = [
    {},
    { 'X-Hub-Signature-256': '' },
    { 'X-Hub-Signature-256': 'sha256=' },
    { 'X-Hub-Signature-256': right.slice(0, -2) },
    { 'X-Hub-Signature-256': right.slice('sha256='.length) },
    { 'X-Hub-Signature-256': sign(body, 'another secret') },
    { 'X-Hub-Signature-256': sign(body, '') },
    { 'X-Hub-Signature': right },
  ];
  for (const headers of wrong) await failureOf(await post(body, headers), 401);
  await failureOf(await post(`${body} `, { 'X-Hub-Signature-256': right }), 401);
  // What nobody here has registered, what is no JSON, and what is too long.
  const unknown = envelope({ phone_number_id: '999', waba_id: '999' });
  await failureOf(await post(unknown, { 'X-Hub-Signature-256': sign(unknown, sender.app_secret) }), 401);
  await failureOf(await post('{', { 'X-Hub-Signature-256': sign('{', sender.app_secret) }), 401);
  const long = ' '.repeat(5 * 1024 * 1024);
  await failureOf(await post(long, { 'X-Hub-Signature-256': sign(long, sender.app_secret) }), 413);
});

test('a status nobody here sent is dropped with 200, and a bad one costs the good ones nothing', async ({
  request,
}) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const number = shop.sender.phone_number_id;
  await changeSandbox(number, { statuses: 'off' });
  const phones = [goodPhone(1), goodPhone(2)];
  const id = await createCampaign(account, shop, { phones });
  await send(account, id);
  await untilCampaign(account, id, isCompleted);
  const [one, two] = await ledger(number);
  const metadata = { display_phone_number: '1', phone_number_id: number };
  const good = (entry: typeof one) => status(String(entry?.to), String(entry?.wamid), 'delivered').statuses;
  const value = {
    messaging_product: 'whatsapp',
    metadata,
    statuses: [
      ...good(one),
      { id: 5, status: 'delivered' },
      null,
      { id: 'wamid.nobody', status: 'read', timestamp: '1', recipient_id: '1' },
      { id: one?.wamid, status: 'exploded', timestamp: 'x' },
      ...good(two),
    ],
  };
  const answer = await postWebhook({ phone_number_id: number, field: 'messages', value });
  expect(answer).toMatchObject({ status: 200 });
  expect(await account.api.campaign(id)).toMatchObject({ sent: 2, delivered: 2, read: 0 });
});

test('statuses are facts: in any order and twice, the shown status is the same', async ({ request }) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const number = shop.sender.phone_number_id;
  await changeSandbox(number, { statuses: 'off' });
  // read > delivered > failed > sent.
  const orders: [string[], string][] = [
    [['sent', 'delivered', 'read'], 'read'],
    [['read', 'delivered', 'sent'], 'read'],
    [['read', 'failed'], 'read'],
    [['failed', 'delivered'], 'delivered'],
    [['delivered', 'failed'], 'delivered'],
    [['failed', 'sent'], 'failed'],
    [['sent', 'failed'], 'failed'],
    [['sent'], 'sent'],
  ];
  const phones = orders.map((_, i) => goodPhone(i));
  const id = await createCampaign(account, shop, { phones });
  await send(account, id);
  await untilCampaign(account, id, isCompleted);
  const entries = await ledger(number);
  const metadata = { display_phone_number: '1', phone_number_id: number };
  const errors = { errors: [{ code: 131026, title: 'Message undeliverable' }] };
  const tell = async (i: number, kind: string) => {
    const entry = entries.find(({ to }) => `+${to}` === phones[i]);
    const one = status(String(entry?.to), String(entry?.wamid), kind, kind === 'failed' ? errors : {});
    const value = { messaging_product: 'whatsapp', metadata, ...one };
    expect(await postWebhook({ phone_number_id: number, field: 'messages', value })).toMatchObject({
      status: 200,
    });
    await api.campaign(id);
  };
  for (let round = 0; round < 2; round++)
    for (const [i, [kinds]] of orders.entries()) for (const kind of kinds) await tell(i, kind);
  const recipients = await api.recipients(id);
  expect(recipients.map((each) => each.status)).toEqual(orders.map(([, shown]) => shown));
  expect(await api.campaign(id)).toMatchObject({ sent: 6, delivered: 5, read: 3, failed: 2, pending: 0 });
});

test("a status signed for one sender changes nothing of another's, in whatever words it names it", async ({
  request,
}) => {
  const account = await signUp(request);
  const attacker = await signUp(request);
  const shop = await openShop(account);
  const number = shop.sender.phone_number_id;
  await changeSandbox(number, { statuses: 'off' });
  const id = await createCampaign(account, shop, { phones: [goodPhone(1)] });
  await send(account, id);
  await untilCampaign(account, id, isCompleted);
  const before = await account.api.campaign(id);
  const [entry] = await ledger(number);
  const forged = status(String(entry?.to), String(entry?.wamid), 'read', {
    biz_opaque_callback_data: entry?.biz_opaque_callback_data,
  });
  const own = await realSender(attacker);
  // The attacker has named the victim's number too: the signature decides whose it is.
  const copy = await realSender(attacker, { phone_number_id: number, waba_id: shop.sender.waba_id });
  for (const { body, secret, expected } of [
    { body: envelope(own, forged), secret: own.app_secret, expected: 200 },
    { body: envelope(copy, forged), secret: copy.app_secret, expected: 200 },
    { body: envelope(shop.sender, forged), secret: own.app_secret, expected: 401 },
  ]) {
    const answer = await request.post(path, {
      headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': sign(body, secret) },
      data: Buffer.from(body),
    });
    expect(answer.status()).toBe(expected);
  }
  expect(await account.api.campaign(id)).toEqual(before);
  // And the owner's own webhook still counts.
  const value = { metadata: { phone_number_id: number }, ...forged };
  await postWebhook({ phone_number_id: number, field: 'messages', value });
  expect(await account.api.campaign(id)).toMatchObject({ sent: 1, delivered: 1, read: 1 });
});

test('a notice that the template is paused pauses its campaigns and updates the template', async ({
  request,
}) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const template = shop.template('delivery_on_its_way');
  const id = await createCampaign(account, shop, {
    phones: Array.from({ length: 100 }, (_, i) => goodPhone(i)),
  });
  await send(account, id, { rate_limit: 5 });
  const value = {
    event: 'PAUSED',
    message_template_id: Number(template.meta_id),
    message_template_name: template.name,
    message_template_language: 'en-US',
    reason: 'NONE',
  };
  const answer = await postWebhook({
    waba_id: shop.sender.waba_id,
    field: 'message_template_status_update',
    value,
  });
  expect(answer.status).toBe(200);
  const paused = await untilCampaign(account, id, (campaign) => campaign.status === 'paused');
  expect(paused.paused_reason).toMatch(/template/i);
  const listed = await answerOf(await account.api.get('/api/templates?status=PAUSED'), 200);
  expect((listed as { id: number }[]).map((each) => each.id)).toContain(template.id);
  const { message } = await failureOf(await account.api.post(`/api/campaigns/${id}/send`), 409);
  expect(message).toContain('PAUSED');
});
