import { randomInt, randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { rateLimits } from '@/db/schema/engine';
import { senders, templates } from '@/db/schema/senders';
import { openSender } from '@/lib/senders/credentials';
import { senderSchema, type Sender } from '@/lib/senders/schema';
import { senderSecret } from '@/lib/senders/secrets';
import { templateSchema } from '@/lib/templates/schema';
import { startGraphServer, type GraphServer } from '@/tests/support/graph-server';
import { newMember, type Member } from '@/tests/support/members';
import type { TestAnswer } from '@/tests/support/request';
import { createCampaign } from '@/tests/support/rows';
import { GET as listTemplates } from '../templates/route';
import { DELETE, GET as getOne, PATCH } from './[id]/route';
import { POST as sync } from './[id]/sync/route';
import { GET as list, POST as create } from './route';

let graph: GraphServer;
beforeAll(async () => {
  graph = await startGraphServer();
  process.env.WHATSAPP_API_URL = graph.url;
  process.env.SANDBOX = '1';
  process.env.SANDBOX_PORT = String(graph.port);
});
afterAll(() => graph.close());
beforeEach(() => {
  graph.failWith = null;
  graph.requests.length = 0;
});

const real = (more: Record<string, unknown> = {}) => ({
  name: 'Shop',
  phone_number_id: String(randomInt(1e14, 2e14)),
  waba_id: String(randomInt(1e14, 2e14)),
  access_token: 'EAAtop-secret-access-token',
  app_secret: 'top-secret-app-secret',
  ...more,
});

async function createdBy(member: Member, body: unknown = real()): Promise<Sender> {
  const answer = await member.call(create, { body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return senderSchema.parse(answer.body.sender);
}

async function rowOf(sender: Sender) {
  const [row] = await database().db.select().from(senders).where(eq(senders.id, sender.id));
  if (!row) throw new Error('no row');
  return row;
}

async function rateOf(sender: Sender): Promise<number | undefined> {
  const [row] = await database().db.select().from(rateLimits).where(eq(rateLimits.id, sender.id));
  return row?.rate;
}

describe('a new sender', () => {
  it('is stored with its secrets sealed and its limiter set, and shows neither secret anywhere', async () => {
    const member = await newMember();
    const answer = await member.call(create, { body: real({ verify_token: 'verify-me-1' }) });
    expect(answer.body).toMatchObject({
      success: true,
      sender: { rate_limit: 80, sandbox: false, verify_token: 'verify-me-1', status: 'UNKNOWN' },
    });
    const sender = senderSchema.parse(answer.body.sender);
    expect(sender.webhook_url).toMatch(/^http.*\/api\/webhooks\/whatsapp$/);
    const row = await rowOf(sender);
    expect(JSON.stringify(row)).not.toContain('top-secret');
    expect(senderSecret(row, 'access_token')).toBe('EAAtop-secret-access-token');
    expect(senderSecret(row, 'app_secret')).toBe('top-secret-app-secret');
    expect(await rateOf(sender)).toBe(80);
    for (const [handler, id] of [[list], [getOne, sender.id]] as const) {
      const { status, body } = await member.call(handler, { id });
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/top-secret|access_token|app_secret|sealed/i);
    }
  });

  it('gets a verify token of its own if none is given', async () => {
    const member = await newMember();
    const [a, b] = [await createdBy(member), await createdBy(member)];
    expect(a.verify_token.length).toBeGreaterThanOrEqual(32);
    expect(a.verify_token).not.toBe(b.verify_token);
  });

  it('is refused when the workspace has that number, but not because another one has', async () => {
    const [mine, theirs] = [await newMember(), await newMember()];
    const body = real();
    await createdBy(mine, body);
    await createdBy(theirs, body);
    const again = await mine.call(create, { body });
    expect([again.status, again.body.error?.code]).toEqual([409, 'sender_exists']);
  });

  it.each([
    ['phone_number_id', '+15551234567'],
    ['waba_id', 'abc'],
    ['access_token', 'two words in it'],
    ['access_token', ''],
    ['app_secret', 'secret\nline'],
    ['rate_limit', 0],
    ['rate_limit', 1001],
    ['rate_limit', '80'],
    ['name', ' '],
    ['workspace_id', randomUUID()],
    ['status', 'CONNECTED'],
  ])('with %s = %j is refused, by name', async (field, value) => {
    const member = await newMember();
    const answer = await member.call(create, { body: real({ [field]: value }) });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.issues.map(({ path }) => path)).toEqual([field]);
    expect((await member.call(list)).body).toEqual([]);
  });
});

describe('a sandbox sender', () => {
  it('is made by the sandbox, with this process as its webhook, and opens on loopback', async () => {
    const member = await newMember();
    const sender = await createdBy(member, { name: 'Try it', sandbox: true, rate_limit: 500 });
    expect(sender).toMatchObject({ sandbox: true, rate_limit: 500, verified_name: 'Sandbox' });
    expect(graph.requests).toMatchObject([
      {
        line: 'POST /__sandbox/numbers',
        body: {
          callback_url: sender.webhook_url,
          verify_token: sender.verify_token,
          name: 'Try it',
          messages_per_second: 500,
        },
      },
    ]);
    const connection = await openSender(member.workspaceId, sender.id);
    expect(connection).toMatchObject({ baseUrl: graph.url, phoneNumberId: sender.phone_number_id });
    expect(connection.accessToken).toMatch(/^sandbox-access-token-/);
  });

  it('keeps the credentials the sandbox gave it', async () => {
    const member = await newMember();
    const sender = await createdBy(member, { name: 'Try it', sandbox: true });
    const answer = await member.call(PATCH, {
      method: 'PATCH',
      id: sender.id,
      body: { access_token: 'EAA-another', name: 'Renamed' },
    });
    expect([answer.status, answer.body.error?.code]).toEqual([422, 'sandbox_credentials_fixed']);
    expect((await rowOf(sender)).name).toBe('Try it');
  });

  it('takes no credentials', async () => {
    const member = await newMember();
    const answer = await member.call(create, { body: real({ sandbox: true }) });
    expect(answer.status).toBe(422);
  });
});

describe('changing a sender', () => {
  it('sets its limiter at once and seals a new token', async () => {
    const member = await newMember();
    const sender = await createdBy(member);
    const body = { rate_limit: 250, access_token: 'EAAtop-secret-new', name: 'Renamed' };
    const answer = await member.call(PATCH, { method: 'PATCH', id: sender.id, body });
    expect(answer.body).toMatchObject({ success: true, sender: { rate_limit: 250, name: 'Renamed' } });
    expect(JSON.stringify(answer.body)).not.toContain('top-secret');
    expect(await rateOf(sender)).toBe(250);
    expect((await openSender(member.workspaceId, sender.id)).accessToken).toBe('EAAtop-secret-new');
    expect(senderSecret(await rowOf(sender), 'app_secret')).toBe('top-secret-app-secret');
  });

  it('leaves what is not given as it was', async () => {
    const member = await newMember();
    const sender = await createdBy(member, real({ rate_limit: 33 }));
    await member.call(PATCH, { method: 'PATCH', id: sender.id, body: { name: 'Renamed' } });
    const { body } = await member.call(getOne, { id: sender.id });
    expect(body).toEqual({ ...sender, name: 'Renamed', updated_at: body.updated_at });
    expect(await rateOf(sender)).toBe(33);
  });
});

describe("another workspace's sender", () => {
  it('is not there: not to see, change, sync or delete, as one that never was', async () => {
    const [mine, theirs] = [await newMember(), await newMember()];
    const sender = await createdBy(theirs);
    for (const [handler, method, body] of [
      [getOne, 'GET', undefined],
      [PATCH, 'PATCH', { name: 'Mine now', rate_limit: 1 }],
      [sync, 'POST', undefined],
      [DELETE, 'DELETE', undefined],
    ] as const) {
      const foreign = await mine.call(handler, { method, body, id: sender.id });
      const none = await mine.call(handler, { method, body, id: randomUUID() });
      expect([foreign.status, foreign.body]).toEqual([404, none.body]);
    }
    expect((await mine.call(list)).body).toEqual([]);
    expect((await mine.call(listTemplates, { query: `?sender_id=${sender.id}` })).body).toEqual([]);
    expect((await rowOf(sender)).name).toBe('Shop');
    expect(await rateOf(sender)).toBe(80);
  });
});

describe('a sync', () => {
  const metaTemplate = (id: string, status = 'APPROVED') => ({
    ...{ id, name: `t${id}`, language: 'en_US', status, category: 'UTILITY' },
    components: [{ type: 'BODY', text: 'Hi {{1}}' }],
  });

  it('fetches the number and all pages of templates with the stored token', async () => {
    const member = await newMember();
    const sender = await createdBy(member);
    graph.templates = [metaTemplate('1'), metaTemplate('2', 'PAUSED'), metaTemplate('3')];
    const answer = await member.call(sync, { method: 'POST', id: sender.id });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      success: true,
      templates: 3,
      added: ['1', '2', '3'].map((id) => ({ name: `t${id}`, language: 'en_US' })),
      totals: { added: 3, changed: 0, removed: 0 },
    });
    expect(new Set(graph.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer EAAtop-secret-access-token']),
    );
    expect(graph.requests[0]?.line).toBe(`GET /v25.0/${sender.phone_number_id}`);
    const { body } = await member.call(getOne, { id: sender.id });
    expect(body).toMatchObject({
      status: 'CONNECTED',
      quality_rating: 'GREEN',
      throughput_level: 'STANDARD',
      synced_at: expect.any(String) as string,
    });
    const listed = await member.call(listTemplates, { query: `?sender_id=${sender.id}&status=approved` });
    expect(templateSchema.array().parse(listed.body)).toHaveLength(2);
  });

  it('that Meta refuses says what to do, and shows no token', async () => {
    const member = await newMember();
    const sender = await createdBy(member);
    graph.failWith = 190;
    const answer = await member.call(sync, { method: 'POST', id: sender.id });
    expect([answer.status, answer.body.error?.code]).toEqual([422, 'whatsapp_token_invalid']);
    expect(JSON.stringify(answer.body)).not.toContain('top-secret');
  });

  it('shows a connected number of a blocked account as RESTRICTED', async () => {
    const member = await newMember();
    const sender = await createdBy(member);
    const before = graph.number;
    graph.number = { status: 'CONNECTED', health_status: { can_send_message: 'BLOCKED' } };
    await member.call(sync, { method: 'POST', id: sender.id });
    graph.number = before;
    expect((await rowOf(sender)).status).toBe('RESTRICTED');
  });
});

describe('deleting a sender', () => {
  it.each(['draft', 'scheduled', 'active', 'paused'] as const)(
    'is refused while a %s campaign uses it, and says which',
    async (status) => {
      const member = await newMember();
      const sender = await createdBy(member);
      const scheduledAt = status === 'scheduled' ? new Date() : null;
      await createCampaign(member.workspaceId, member.userId, {
        senderId: sender.id,
        values: { status, scheduledAt, name: 'Black Friday' },
      });
      const answer = await member.call(DELETE, { method: 'DELETE', id: sender.id });
      expect([answer.status, answer.body.error?.code]).toEqual([409, 'sender_in_use']);
      expect(answer.body.error?.issues[0]?.message).toBe(`"Black Friday" is ${status}.`);
      expect((await member.call(getOne, { id: sender.id })).status).toBe(200);
    },
  );

  it('takes its templates and limiter with it, but leaves finished campaigns theirs', async () => {
    const member = await newMember();
    const sender = await createdBy(member);
    const campaign = await createCampaign(member.workspaceId, member.userId, {
      senderId: sender.id,
      values: { status: 'stopped' },
    });
    graph.templates = [];
    const { db } = database();
    const [used] = await db.select().from(templates).where(eq(templates.senderId, sender.id));
    await db.insert(templates).values({
      ...{ workspaceId: member.workspaceId, senderId: sender.id, metaId: 'unused', name: 'unused' },
      ...{ language: 'en', category: 'UTILITY', status: 'APPROVED', components: [] },
    });
    const answer = await member.call(DELETE, { method: 'DELETE', id: sender.id });
    expect([answer.status, answer.body]).toEqual([200, { success: true }]);
    expect((await member.call(getOne, { id: sender.id })).status).toBe(404);
    expect(await rateOf(sender)).toBeUndefined();
    const left = await db.select().from(templates).where(eq(templates.senderId, sender.id));
    expect(left.map(({ id, status }) => [id, status])).toEqual([[used?.id, 'DELETED']]);
    const [kept] = await db
      .select()
      .from(campaigns)
      .where(and(eq(campaigns.workspaceId, member.workspaceId), eq(campaigns.id, campaign.id)));
    expect(kept?.templateId).toBe(used?.id);
  });

  it('waits for a campaign that is just being made with it, and then refuses', async () => {
    const member = await newMember();
    const sender = await createdBy(member);
    const { db } = database();
    let deleting: Promise<TestAnswer> | undefined;
    await db.transaction(async (tx) => {
      await tx.select().from(senders).where(eq(senders.id, sender.id)).for('key share');
      deleting = member.call(DELETE, { method: 'DELETE', id: sender.id });
      await expect
        .poll(async () => {
          const rows = await database().sql<{ n: number }[]>`
            SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted`;
          return rows[0]?.n;
        })
        .toBeGreaterThan(0);
      await tx.insert(campaigns).values({
        ...{ workspaceId: member.workspaceId, userId: member.userId, senderId: sender.id },
        ...{ templateId: 1, name: 'In the making', columns: [], mapping: {} },
      });
    });
    expect((await deleting)?.body.error?.code).toBe('sender_in_use');
  });
});
