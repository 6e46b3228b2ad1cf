import { expect, test } from '@playwright/test';
import { answerOf, failureOf, signUp } from './support/api';
import { goodPhone, openShop } from './support/campaigns';
import { createdShape } from './support/shapes';

const listOf = async (api: Awaited<ReturnType<typeof signUp>>['api']) =>
  (await answerOf(await api.get('/api/campaigns'), 200)) as { id: string; name: string }[];

test('a campaign is made from JSON as the contract writes it, and is a draft with all its recipients pending', async ({
  request,
}) => {
  const account = await signUp(request);
  const { api, user } = account;
  const shop = await openShop(account);
  const template = shop.template('black_friday');
  const row = {
    country_code: '+1',
    phone_number: '1234567890',
    body_param_1: 'Ana',
    body_param_2: '40%',
    header_param_1: 'Ana',
    button_url_param: 'ana-40',
  };
  const answer = await api.post('/api/campaigns/create', {
    user_id: user.id,
    name: 'Black Friday',
    template_id: template.id,
    sender_id: shop.sender.id,
    recipients: [row, { ...row, country_code: '44', phone_number: 7911123456 }, { ...row }],
  });
  const made = createdShape.parse(await answerOf(answer, 201));
  expect(made.total_recipients).toBe(2);

  const campaign = await api.campaign(made.campaign_id);
  expect(campaign).toMatchObject({
    user_id: user.id,
    sender_id: shop.sender.id,
    name: 'Black Friday',
    template_id: template.id,
    template_name: 'black_friday',
    template_language: 'en_US',
    status: 'draft',
    total_recipients: 2,
    pending: 2,
    worker_count: 10,
    rate_limit: 50,
    unconfirmed_policy: 'ask',
    scheduled_at: null,
    paused_reason: null,
    started_at: null,
    completed_at: null,
  });
  const [first, second] = await api.recipients(made.campaign_id);
  expect(first).toMatchObject({
    to: '+11234567890',
    country_code: '+1',
    phone_number: '1234567890',
    status: 'pending',
    attempts: 0,
    message_id: null,
    error_code: null,
    sent_at: null,
    params: { header_param_1: 'Ana', body_param_1: 'Ana', body_param_2: '40%', button_url_param: 'ana-40' },
  });
  expect(second).toMatchObject({ to: '+447911123456', country_code: '+44', phone_number: '7911123456' });
});

test('one wrong recipient fails the whole call, and every wrong row is named, the first hundred of them', async ({
  request,
}) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const body = (recipients: unknown[]) => ({
    name: 'Autumn',
    template_id: shop.template('delivery_on_its_way').id,
    recipients,
  });
  const good = { phone_number: goodPhone(1), body_param_1: 'a', body_param_2: 'b' };
  const wrong = await account.api.post(
    '/api/campaigns/create',
    body([
      good,
      { ...good, phone_number: '12' },
      { phone_number: goodPhone(2), body_param_1: 'a' },
      { ...good, phone_number: '9.19877E+11' },
      { ...good, phone_number: goodPhone(3), body_param_9: 'x' },
      null,
    ]),
  );
  const { issues = [] } = await failureOf(wrong, 422);
  expect(issues.map(({ path }) => path)).toEqual([
    'recipients[1].phone_number',
    'recipients[2].body_param_2',
    'recipients[3].phone_number',
    'recipients[4].body_param_9',
    'recipients[5]',
  ]);
  expect(issues[2]?.message).toContain('Excel shortened this number');
  const many = await account.api.post('/api/campaigns/create', body(Array.from({ length: 250 }, () => ({}))));
  const named = new Set(
    (await failureOf(many, 422)).issues?.map(({ path }) => /^recipients\[\d+\]/.exec(path)?.[0]),
  );
  expect([...named]).toEqual(Array.from({ length: 100 }, (_, i) => `recipients[${i}]`));
  expect(await listOf(account.api)).toEqual([]);
});

test('what is not a campaign is refused by name, and nothing is stored', async ({ request }) => {
  const account = await signUp(request);
  const stranger = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const good = {
    name: 'Autumn',
    template_id: shop.template('hello_world').id,
    recipients: [{ phone_number: goodPhone(1) }],
  };
  const create = (body: unknown) => api.post('/api/campaigns/create', body);
  const refused = async (change: object, path: string) => {
    const { issues = [] } = await failureOf(await create({ ...good, ...change }), 422);
    expect(issues.map((issue) => issue.path)).toContain(path);
  };
  await refused({ name: ' ' }, 'name');
  await refused({ name: 'x'.repeat(201) }, 'name');
  await refused({ template_id: 'one' }, 'template_id');
  await refused({ template_id: 1.5 }, 'template_id');
  await refused({ recipients: [] }, 'recipients');
  await refused({ recipients: undefined }, 'recipients');
  await refused({ status: 'active' }, 'status');
  await refused({ workspace_id: crypto.randomUUID() }, 'workspace_id');
  await failureOf(await create({ ...good, template_id: 2_000_000_000 }), 404);
  await failureOf(await create({ ...good, sender_id: crypto.randomUUID() }), 404);
  await failureOf(await create({ ...good, user_id: stranger.user.id }), 404);
  await failureOf(await stranger.api.post('/api/campaigns/create', good), 404);
  await failureOf(await create('{'), 400);
  await failureOf(await api.post('/api/campaigns/create', '{}', { 'Content-Type': 'text/plain' }), 415);
  for (const [name, state] of [
    ['flash_sale', 'PENDING'],
    ['win_big_now', 'REJECTED'],
    ['weekly_deals', 'PAUSED'],
    ['daily_deals', 'DISABLED'],
  ] as const) {
    const answer = await create({ ...good, template_id: shop.template(name).id });
    expect((await failureOf(answer, 422)).message).toContain(state);
  }
  expect(await listOf(api)).toEqual([]);
});

test('the same idempotency key answers the first answer again; another body under it is a 409', async ({
  request,
}) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const body = (name: string) => ({
    name,
    template_id: shop.template('hello_world').id,
    recipients: [{ phone_number: goodPhone(1) }],
  });
  const create = (name: string, key: string, of = api) =>
    of.post('/api/campaigns/create', body(name), { 'Idempotency-Key': key });

  const first = await answerOf(await create('One', 'k1'), 201);
  expect(await answerOf(await create('One', 'k1'), 201)).toEqual(first);
  await failureOf(await create('Two', 'k1'), 409);
  expect(await answerOf(await create('One', 'k2'), 201)).not.toEqual(first);

  const atOnce = await Promise.all([create('Race', 'k3'), create('Race', 'k3'), create('Race', 'k3')]);
  const answers = await Promise.all(atOnce.map((answer) => answerOf(answer, 201)));
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);

  // A failure does not use the key up.
  const broken = await api.post('/api/campaigns/create', { name: 'x' }, { 'Idempotency-Key': 'k4' });
  await failureOf(broken, 422);
  await answerOf(await create('Mended', 'k4'), 201);
  expect((await listOf(api)).map(({ name }) => name)).toEqual(['Mended', 'Race', 'One', 'One']);

  // A key is its workspace's own.
  const other = await signUp(request);
  await failureOf(await create('One', 'k1', other.api), 404);
});

test('sending under one key starts once, and answers the same also when it is over', async ({ request }) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const made = await api.post('/api/campaigns/create', {
    name: 'Once',
    template_id: shop.template('hello_world').id,
    recipients: [{ phone_number: goodPhone(1) }],
  });
  const { campaign_id: id } = createdShape.parse(await answerOf(made, 201));
  const start = (body: object | undefined, key: string) =>
    api.post(`/api/campaigns/${id}/send`, body, { 'Idempotency-Key': key });
  const [a, b] = await Promise.all([start({ rate_limit: 7 }, 's'), start({ rate_limit: 7 }, 's')]);
  const answer = await answerOf(a, 202);
  expect(answer).toEqual({
    success: true,
    message: 'Campaign execution started',
    campaign_id: id,
    worker_count: 10,
    rate_limit: 7,
  });
  expect(await answerOf(b, 202)).toEqual(answer);
  await failureOf(await start({ rate_limit: 8 }, 's'), 409);
  await expect.poll(async () => (await api.campaign(id)).status).toBe('completed');
  expect(await answerOf(await start({ rate_limit: 7 }, 's'), 202)).toEqual(answer);
  await failureOf(await start({ rate_limit: 7 }, 's2'), 409);
});
