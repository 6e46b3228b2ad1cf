import { expect, test } from '@playwright/test';
import { answerOf, failureOf, signUp, type Api } from './support/api';
import { createCampaign, goodPhone, openShop } from './support/campaigns';
import { uploadPicture } from './support/media';

interface Operation {
  security?: unknown[];
  requestBody?: { required?: boolean };
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
}

// What each route that takes a body is given: valid, so that only the id decides.
const bodies: Record<string, unknown> = {
  'PATCH /api/senders/{id}': { name: 'Mine now' },
  'PATCH /api/campaigns/{id}': { name: 'Mine now' },
  'PATCH /api/drafts/{id}': { revision: 0, name: 'Mine now' },
  'POST /api/campaigns/{id}/status': { status: 'stopped' },
  'POST /api/campaigns/{id}/send': { rate_limit: 1 },
  'POST /api/campaigns/{id}/retry': { include: ['failed'] },
  'PATCH /api/rates/{id}': { amount: '0.5' },
  'PATCH /api/webhook-endpoints/{id}': { enabled: false },
  'POST /api/campaigns/{id}/suppress': { error_code: 131026 },
  'POST /api/campaigns/{id}/winner': { variant: 'A' },
  'POST /api/campaigns/{id}/follow-up': { name: 'Mine now', template_id: 1, audience: 'everyone' },
};

async function readDocument(api: Api): Promise<Document> {
  return (await answerOf(await api.get('/api/openapi.json'), 200)) as Document;
}

function operationsOf(document: Document): { method: string; path: string; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

test("on every route another workspace's id answers as one that does not exist, and nothing is written", async ({
  request,
}) => {
  const owner = await signUp(request);
  const stranger = await signUp(request);
  const shop = await openShop(owner);
  const campaignId = await createCampaign(owner, shop, { phones: [goodPhone(1)] });
  const made = await answerOf(await owner.api.post('/api/api-keys', { name: 'Shop' }), 201);
  const keyId = (made as { api_key: { id: string } }).api_key.id;
  const keysBefore = await answerOf(await owner.api.get('/api/api-keys'), 200);
  const before = await owner.api.campaign(campaignId);
  const draft = await answerOf(await owner.api.post('/api/drafts', {}), 201);
  const draftId = (draft as { draft: { id: string } }).draft.id;
  const draftBefore = await answerOf(await owner.api.get(`/api/drafts/${draftId}`), 200);
  const hook = { url: 'http://127.0.0.1:9/hook', events: ['campaign.finished'] };
  const hookMade = await answerOf(await owner.api.post('/api/webhook-endpoints', hook), 201);
  const hookId = (hookMade as { webhook_endpoint: { id: string } }).webhook_endpoint.id;
  const hookBefore = await answerOf(await owner.api.get(`/api/webhook-endpoints/${hookId}`), 200);
  const mediaId = await uploadPicture(owner.api);
  const rate = {
    country: 'US',
    category: 'utility',
    currency: 'USD',
    amount: '0.02',
    valid_from: '2026-01-01',
  };
  const rateMade = await answerOf(await owner.api.post('/api/rates', rate), 201);
  const rateId = (rateMade as { rate: { id: string } }).rate.id;
  const ratesBefore = await answerOf(await owner.api.get('/api/rates'), 200);
  const senderBefore = await answerOf(await owner.api.get(`/api/senders/${shop.sender.id}`), 200);

  const ids: [string, string][] = [
    ['/api/senders', shop.sender.id],
    ['/api/templates', String(before.template_id)],
    ['/api/api-keys', keyId],
    ['/api/drafts', draftId],
    ['/api/media', mediaId],
    ['/api/webhook-endpoints', hookId],
    ['/api/rates', rateId],
  ];
  const withId = operationsOf(await readDocument(owner.api)).filter(({ path }) => path.includes('{'));
  expect(withId.length).toBeGreaterThanOrEqual(13);
  for (const { method, path } of withId) {
    const theirs = ids.find(([prefix]) => path.startsWith(prefix))?.[1] ?? campaignId;
    const answers = [];
    for (const id of [theirs, crypto.randomUUID(), 'not-an-id', '00000000-0000-0000-0000-000000000000']) {
      const url = path.replace(/\{\w+\}/g, id);
      const answer = await stranger.api.call(method, url, bodies[`${method} ${path}`]);
      answers.push(await failureOf(answer, 404));
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size, `${method} ${path}`).toBe(1);
  }
  expect(await owner.api.campaign(campaignId)).toEqual(before);
  expect(await answerOf(await owner.api.get(`/api/senders/${shop.sender.id}`), 200)).toEqual(senderBefore);
  expect(await answerOf(await owner.api.get('/api/api-keys'), 200)).toEqual(keysBefore);

  expect(await answerOf(await owner.api.get(`/api/drafts/${draftId}`), 200)).toEqual(draftBefore);

  expect(await answerOf(await owner.api.get(`/api/webhook-endpoints/${hookId}`), 200)).toEqual(hookBefore);
  const hookLog = await owner.api.get(`/api/webhook-endpoints/${hookId}/deliveries`);
  expect(await answerOf(hookLog, 200)).toEqual({ deliveries: [], next_cursor: null });

  expect(await answerOf(await owner.api.get(`/api/media/${mediaId}`), 200)).toMatchObject({ id: mediaId });

  expect(await answerOf(await owner.api.get('/api/rates'), 200)).toEqual(ratesBefore);

  // Nor through lists and bodies.
  expect(await answerOf(await stranger.api.get('/api/media'), 200)).toEqual([]);
  expect(await answerOf(await stranger.api.get('/api/rates'), 200)).toEqual([]);
  expect(await answerOf(await stranger.api.get('/api/webhook-endpoints'), 200)).toEqual([]);
  expect(await answerOf(await stranger.api.get('/api/campaigns'), 200)).toEqual([]);
  await failureOf(await stranger.api.get(`/api/campaigns?user_id=${owner.user.id}`), 404);
  const order = { name: 'x', template_id: before.template_id, recipients: [{ phone_number: goodPhone(1) }] };
  await failureOf(await stranger.api.post('/api/campaigns/create', order), 404);
  await failureOf(await stranger.api.post('/api/drafts', { template_id: before.template_id }), 404);
  const follow_up = { campaign_id: campaignId, audience: 'everyone' };
  await failureOf(await stranger.api.post('/api/drafts', { follow_up }), 404);
});

test('every route that is for users says 401 to anybody else, before it looks at anything', async ({
  request,
}) => {
  const { api } = await signUp(request);
  const guarded = operationsOf(await readDocument(api)).filter(
    ({ operation }) => (operation.security ?? []).length > 0,
  );
  expect(guarded.length).toBeGreaterThanOrEqual(18);
  for (const { method, path } of guarded) {
    const url = path.replace(/\{\w+\}/g, crypto.randomUUID());
    const answer = await request.fetch(url, {
      method,
      headers: { Authorization: 'Bearer x', 'x-middleware-subrequest': 'a:a:a:a:a', RSC: '1' },
    });
    await failureOf(answer, 401);
    await failureOf(await request.fetch(url, { method }), 401);
  }
});

test('the document names the routes of the contract', async ({ request }) => {
  const { api } = await signUp(request);
  const named = operationsOf(await readDocument(api)).map(({ method, path }) => `${method} ${path}`);
  expect(named.sort()).toEqual(
    [
      'POST /api/auth/signup',
      'POST /api/auth/login',
      'POST /api/auth/refresh',
      'POST /api/auth/logout',
      'GET /api/auth/me',
      'PATCH /api/auth/me',
      'POST /api/auth/password',
      'POST /api/auth/logout-everywhere',
      'GET /api/settings',
      'PATCH /api/settings',
      'GET /api/rates',
      'POST /api/rates',
      'PATCH /api/rates/{id}',
      'DELETE /api/rates/{id}',
      'GET /api/rates.csv',
      'POST /api/rates/import',
      'GET /api/campaigns/{id}/cost',
      'GET /api/campaigns/{id}/hours',
      'GET /api/campaigns/{id}/results.csv',
      'GET /api/workspace',
      'PATCH /api/workspace',
      'GET /api/api-keys',
      'POST /api/api-keys',
      'POST /api/api-keys/{id}/rotate',
      'DELETE /api/api-keys/{id}',
      'GET /api/audit-events',
      'POST /api/test-messages',
      'POST /api/senders',
      'GET /api/senders',
      'GET /api/senders/{id}',
      'GET /api/senders/{id}/openings',
      'GET /api/senders/{id}/daily-limit',
      'PATCH /api/senders/{id}',
      'DELETE /api/senders/{id}',
      'POST /api/senders/{id}/sync',
      'POST /api/senders/test',
      'POST /api/senders/{id}/test',
      'GET /api/templates',
      'GET /api/templates/{id}',
      'GET /api/templates/{id}/sample.csv',
      'POST /api/media',
      'GET /api/media',
      'GET /api/media/{id}',
      'GET /api/media/{id}/content',
      'DELETE /api/media/{id}',
      'POST /api/drafts',
      'GET /api/drafts',
      'GET /api/drafts/{id}',
      'PATCH /api/drafts/{id}',
      'DELETE /api/drafts/{id}',
      'PUT /api/drafts/{id}/file',
      'GET /api/drafts/{id}/file',
      'POST /api/campaigns/create',
      'POST /api/campaigns/{id}/send',
      'GET /api/campaigns',
      'GET /api/campaigns/{id}',
      'POST /api/campaigns/{id}/status',
      'PATCH /api/campaigns/{id}',
      'DELETE /api/campaigns/{id}',
      'GET /api/campaigns/{id}/recipients',
      'GET /api/campaigns/{id}/recipients/{recipientId}',
      'GET /api/campaigns/{id}/failures',
      'GET /api/campaigns/{id}/timeline',
      'GET /api/campaigns/{id}/recipients.csv',
      'GET /api/campaigns/{id}/rejected.csv',
      'GET /api/campaigns/{id}/events',
      'POST /api/campaigns/{id}/retry',
      'POST /api/campaigns/{id}/suppress',
      'GET /api/campaigns/{id}/comparison',
      'POST /api/campaigns/{id}/winner',
      'GET /api/campaigns/{id}/follow-up',
      'POST /api/campaigns/{id}/follow-up',
      'GET /api/opt-outs',
      'POST /api/opt-outs',
      'POST /api/opt-outs/import',
      'POST /api/opt-outs/remove',
      'POST /api/opt-outs/check',
      'GET /api/opt-outs.csv',
      'GET /api/contacts/{phone}',
      'GET /api/contacts/{phone}/export',
      'POST /api/contacts/{phone}/erase',
      'GET /api/webhook-endpoints',
      'POST /api/webhook-endpoints',
      'GET /api/webhook-endpoints/{id}',
      'PATCH /api/webhook-endpoints/{id}',
      'DELETE /api/webhook-endpoints/{id}',
      'POST /api/webhook-endpoints/{id}/rotate',
      'POST /api/webhook-endpoints/{id}/test',
      'GET /api/webhook-endpoints/{id}/deliveries',
      'POST /api/webhook-endpoints/{id}/deliveries/{deliveryId}/redeliver',
      'GET /api/webhooks/whatsapp',
      'POST /api/webhooks/whatsapp',
      'GET /api/health',
      'GET /api/metrics',
      'GET /api/openapi.json',
    ].sort(),
  );
});

test('lists page by cursor without a gap or a repeat, and take only what they know', async ({ request }) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const phones = Array.from({ length: 7 }, (_, i) => goodPhone(i));
  const ids = [];
  for (const name of ['One', 'Two 100%', 'Three', 'Four', 'Five'])
    ids.unshift(await createCampaign(account, shop, { phones, name }));

  const seen: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page = await api.get(
      `/api/campaigns?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    const campaigns = (await answerOf(page, 200)) as { id: string }[];
    expect(campaigns.length).toBeLessThanOrEqual(2);
    seen.push(...campaigns.map(({ id }) => id));
    cursor = page.headers()['x-next-cursor'];
  }
  expect(seen).toEqual(ids);

  const names = async (query: string) =>
    ((await answerOf(await api.get(`/api/campaigns?${query}`), 200)) as { name: string }[]).map(
      (c) => c.name,
    );
  expect(await names('search=two')).toEqual(['Two 100%']);
  expect(await names('search=%25')).toEqual(['Two 100%']);
  expect(await names('search=_')).toEqual([]);
  expect(await names('status=draft&limit=1')).toEqual(['Five']);
  expect(await names('status=active')).toEqual([]);
  expect(await names(`user_id=${account.user.id}`)).toHaveLength(5);
  expect(await names('user_id=&status=&search=&cursor=')).toHaveLength(5);
  for (const query of ['limit=0', 'limit=x', 'status=running', 'sort=size', `search=${'%25'.repeat(300)}`])
    await failureOf(await api.get(`/api/campaigns?${query}`), 422);

  const [first] = ids;
  const page = `/api/campaigns/${first}/recipients`;
  const parts = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const answer = (await answerOf(await api.get(`${page}?limit=3${query}`), 200)) as {
      recipients: { to: string }[];
      next_cursor: string | null;
    };
    parts.push(answer.recipients.map(({ to }) => to));
    cursor = answer.next_cursor;
  }
  expect(parts).toEqual([phones.slice(0, 3), phones.slice(3, 6), phones.slice(6)]);
  for (const query of ['limit=501', 'status=queued', 'order=to'])
    await failureOf(await api.get(`${page}?${query}`), 422);
  for (const search of [phones[2], phones[2]?.slice(1), phones[2]?.slice(-7)])
    expect(
      (await api.recipients(String(first), `&search=${encodeURIComponent(String(search))}`)).length,
    ).toBe(1);
});
