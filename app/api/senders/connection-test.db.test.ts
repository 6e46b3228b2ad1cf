import { randomInt, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { checksSchema } from '@/lib/api/senders';
import { senderSchema, type Sender } from '@/lib/senders/schema';
import { startGraphServer, type GraphServer } from '@/tests/support/graph-server';
import { newMember, type Member } from '@/tests/support/members';
import type { TestAnswer } from '@/tests/support/request';
import { POST as testSaved } from './[id]/test/route';
import { GET as list, POST as create } from './route';
import { POST as testUnsaved } from './test/route';

let graph: GraphServer;
beforeAll(async () => {
  graph = await startGraphServer();
  process.env.WHATSAPP_API_URL = graph.url;
  process.env.PUBLIC_URL = 'https://herald.example';
});
afterAll(() => graph.close());
beforeEach(() => {
  Object.assign(graph, { failWith: null, appSecret: null, subscribedApps: [{}], templates: [{ id: '1' }] });
  graph.unknownIds.clear();
  graph.requests.length = 0;
});

type Call = Member['call'];

function credentials() {
  const given = {
    phone_number_id: String(randomInt(1e14, 2e14)),
    waba_id: String(randomInt(1e14, 2e14)),
    access_token: 'EAAtop-secret-access-token',
    app_secret: 'top-secret-app-secret',
  };
  graph.accountNumbers = [{ id: given.phone_number_id, display_phone_number: '+1 555-010-0001' }];
  return given;
}

const resultsOf = ({ status, body }: TestAnswer) => {
  expect(status, JSON.stringify(body)).toBe(200);
  expect(JSON.stringify(body)).not.toContain('top-secret');
  const { checks } = checksSchema.parse(body);
  return Object.fromEntries(checks.map(({ key, result }) => [key, result]));
};

async function savedBy(call: Call): Promise<Sender> {
  const { body } = await call(create, { body: { name: 'Shop', ...credentials() } });
  return senderSchema.parse(body.sender);
}

describe('testing credentials that are not stored', () => {
  it('asks WhatsApp for all that a sender needs, with that token, and stores nothing', async () => {
    const { call } = await newMember();
    const body = credentials();
    expect(resultsOf(await call(testUnsaved, { body }))).toEqual({
      ...{ token: 'pass', number: 'pass', account: 'pass', templates: 'pass', webhook: 'unknown' },
    });
    expect(graph.requests.map(({ line }) => line).sort()).toEqual(
      [
        `GET /v25.0/${body.phone_number_id}`,
        `GET /v25.0/${body.phone_number_id}`,
        `GET /v25.0/${body.waba_id}/message_templates`,
        `GET /v25.0/${body.waba_id}/phone_numbers`,
        `GET /v25.0/${body.waba_id}/subscribed_apps`,
      ].sort(),
    );
    expect(new Set(graph.requests.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${body.access_token}`]),
    );
    expect((await call(list)).body).toEqual([]);
  });

  it('answers 200 and says which of them fails', async () => {
    const { call } = await newMember();
    const body = credentials();
    graph.unknownIds.add(body.waba_id);
    expect(resultsOf(await call(testUnsaved, { body }))).toMatchObject({
      ...{ token: 'pass', number: 'pass', account: 'fail', templates: 'fail' },
    });
    graph.unknownIds.clear();
    graph.appSecret = 'another secret';
    expect(resultsOf(await call(testUnsaved, { body }))).toMatchObject({ number: 'pass', webhook: 'fail' });
    graph.appSecret = body.app_secret;
    expect(resultsOf(await call(testUnsaved, { body }))).toMatchObject({ webhook: 'unknown' });
    graph.failWith = 190;
    expect(resultsOf(await call(testUnsaved, { body }))).toMatchObject({ token: 'fail', number: 'unknown' });
  });

  it('names what is malformed, and takes no address to call', async () => {
    const { call } = await newMember();
    for (const [field, value] of [
      ['phone_number_id', '../me'],
      ['waba_id', '1?fields=x'],
      ['access_token', 'two words'],
      ['base_url', 'http://169.254.169.254'],
    ] as const) {
      const { status, body } = await call(testUnsaved, { body: { ...credentials(), [field]: value } });
      expect([status, body.error?.issues.map(({ path }) => path)]).toEqual([422, [field]]);
    }
    expect(graph.requests).toEqual([]);
  });

  it('is refused beyond twenty a minute, to that workspace alone', async () => {
    const [call, another] = [(await newMember()).call, (await newMember()).call];
    const body = credentials();
    const statuses = [];
    for (let n = 0; n < 21; n++) statuses.push((await call(testUnsaved, { body })).status);
    expect(new Set(statuses.slice(0, 20))).toEqual(new Set([200]));
    const refused = await call(testUnsaved, { body });
    expect([statuses[20], refused.body.error?.code]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await another(testUnsaved, { body })).status).toBe(200);
  });
});

describe("testing a stored sender's connection", () => {
  it('uses what is stored, and tells when the webhook was last called', async () => {
    const { call } = await newMember();
    const sender = await savedBy(call);
    expect(resultsOf(await call(testSaved, { method: 'POST', id: sender.id }))).toMatchObject({
      ...{ token: 'pass', number: 'pass', account: 'pass', templates: 'pass', webhook: 'unknown' },
    });
    await database().db.update(senders).set({ webhookSeenAt: new Date() }).where(eq(senders.id, sender.id));
    expect(resultsOf(await call(testSaved, { method: 'POST', id: sender.id })).webhook).toBe('pass');
  });

  it('fails in words, not with an error, when no key opens its secrets', async () => {
    const { call } = await newMember();
    const sender = await savedBy(call);
    const own = eq(senders.id, sender.id);
    await database().db.update(senders).set({ appSecretSealed: 'v1.broken' }).where(own);
    expect(resultsOf(await call(testSaved, { method: 'POST', id: sender.id }))).toMatchObject({
      token: 'pass',
      webhook: 'fail',
    });
    await database().db.update(senders).set({ accessTokenSealed: 'v1.broken' }).where(own);
    const answer = await call(testSaved, { method: 'POST', id: sender.id });
    expect(resultsOf(answer)).toMatchObject({ token: 'fail', webhook: 'unknown' });
    expect(JSON.stringify(answer.body)).toContain('ENCRYPTION_KEY');
  });

  it("of another workspace's is not there", async () => {
    const [mine, theirs] = [(await newMember()).call, (await newMember()).call];
    const sender = await savedBy(theirs);
    graph.requests.length = 0;
    const foreign = await mine(testSaved, { method: 'POST', id: sender.id });
    expect([foreign.status, foreign.body]).toEqual([
      404,
      (await mine(testSaved, { method: 'POST', id: randomUUID() })).body,
    ]);
    expect(graph.requests).toEqual([]);
  });
});
