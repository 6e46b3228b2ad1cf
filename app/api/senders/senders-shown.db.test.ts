import { randomInt } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { auditEvents } from '@/db/schema/accounts';
import { senderSchema, type Sender } from '@/lib/senders/schema';
import { startGraphServer, type GraphServer } from '@/tests/support/graph-server';
import { newMember, type Member } from '@/tests/support/members';
import { createCampaign } from '@/tests/support/rows';
import { DELETE, GET as getOne, PATCH } from './[id]/route';
import { GET as list, POST as create } from './route';

let graph: GraphServer;
beforeAll(async () => {
  graph = await startGraphServer();
  process.env.SANDBOX = '1';
  process.env.SANDBOX_PORT = String(graph.port);
});
afterAll(() => graph.close());

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

describe('a sender', () => {
  it('shows the last four characters of its secrets, and none of one that is too short', async () => {
    const member = await newMember();
    const sender = await createdBy(member, real({ app_secret: 'short' }));
    expect(sender).toMatchObject({ token_ends_in: 'oken', secret_ends_in: null });
    const body = { app_secret: 'another-app-secret-9876' };
    const answer = await member.call(PATCH, { method: 'PATCH', id: sender.id, body });
    expect(answer.body.sender).toMatchObject({ token_ends_in: 'oken', secret_ends_in: '9876' });
  });

  it('takes a default country in two letters, gives it up for null, and takes nothing else', async () => {
    const member = await newMember();
    const sender = await createdBy(member, real({ default_country: 'in' }));
    expect(sender.default_country).toBe('IN');
    const patch = (default_country: unknown) =>
      member.call(PATCH, { method: 'PATCH', id: sender.id, body: { default_country } });
    expect((await patch(null)).body.sender).toMatchObject({ default_country: null });
    for (const wrong of ['XX', 'India', '', 91]) {
      const answer = await patch(wrong);
      expect([answer.status, answer.body.error?.issues[0]?.path]).toEqual([422, 'default_country']);
    }
  });
});

describe('the audit log', () => {
  const logOf = (member: Member) =>
    database()
      .db.select({ kind: auditEvents.kind, subject: auditEvents.subject, detail: auditEvents.detail })
      .from(auditEvents)
      .where(and(eq(auditEvents.workspaceId, member.workspaceId), eq(auditEvents.userId, member.userId)))
      .orderBy(auditEvents.id);

  it('tells who added, changed and deleted a sender and which fields, never a secret', async () => {
    const member = await newMember();
    const sender = await createdBy(member);
    const body = {
      rate_limit: 250,
      name: 'Shop',
      access_token: 'EAAtop-secret-new',
      verify_token: 'top-secret-v',
    };
    await member.call(PATCH, { method: 'PATCH', id: sender.id, body });
    await member.call(PATCH, { method: 'PATCH', id: sender.id, body: { rate_limit: 250 } });
    await member.call(DELETE, { method: 'DELETE', id: sender.id });
    const log = await logOf(member);
    const phone_number_id = sender.phone_number_id;
    expect(log).toEqual([
      { kind: 'sender_added', subject: 'Shop', detail: { sandbox: false, phone_number_id } },
      {
        kind: 'sender_changed',
        subject: 'Shop',
        detail: {
          fields: ['rate_limit', 'access_token', 'verify_token'],
          from: { rate_limit: 80 },
          to: { rate_limit: 250 },
        },
      },
      { kind: 'sender_deleted', subject: 'Shop', detail: { phone_number_id } },
    ]);
    expect(JSON.stringify(log)).not.toContain('top-secret');
  });

  it('tells nothing of what was refused', async () => {
    const member = await newMember();
    const sender = await createdBy(member, { name: 'Try it', sandbox: true });
    await member.call(PATCH, { method: 'PATCH', id: sender.id, body: { app_secret: 'not-mine-to-set' } });
    await createCampaign(member.workspaceId, member.userId, { senderId: sender.id });
    await member.call(DELETE, { method: 'DELETE', id: sender.id });
    expect((await logOf(member)).map(({ kind }) => kind)).toEqual(['sender_added']);
  });
});

describe('the campaigns that need a sender', () => {
  it('are counted and named with it, the newest first; finished ones and test sends are not', async () => {
    const member = await newMember();
    const sender = await createdBy(member);
    const other = await createdBy(member);
    for (const [name, values] of [
      ['Old', { status: 'paused', createdAt: new Date(1_000) }],
      ['New', { status: 'draft' }],
      ['Done', { status: 'stopped' }],
      ['Test', { status: 'draft', isTest: true }],
    ] as const) {
      await createCampaign(member.workspaceId, member.userId, {
        senderId: sender.id,
        values: { name, ...values },
      });
    }
    const listed = senderSchema.array().parse((await member.call(list)).body);
    expect(listed.map(({ campaigns_in_use: count }) => count)).toEqual([2, 0]);
    expect(listed[0]?.campaigns.map(({ name, status }) => [name, status])).toEqual([
      ['New', 'draft'],
      ['Old', 'paused'],
    ]);
    expect((await member.call(getOne, { id: sender.id })).body).toEqual(listed[0]);
    expect((await member.call(getOne, { id: other.id })).body).toMatchObject({ campaigns: [] });
  });
});
