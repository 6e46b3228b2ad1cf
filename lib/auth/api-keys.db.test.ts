import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DELETE as revokeRoute } from '@/app/api/api-keys/[id]/route';
import { POST as rotateRoute } from '@/app/api/api-keys/[id]/rotate/route';
import { GET as listRoute, POST as createRoute } from '@/app/api/api-keys/route';
import { GET as meRoute, PATCH as updateMeRoute } from '@/app/api/auth/me/route';
import { POST as passwordRoute } from '@/app/api/auth/password/route';
import { POST as everywhereRoute } from '@/app/api/auth/logout-everywhere/route';
import { GET as campaignsRoute } from '@/app/api/campaigns/route';
import { GET as eventsRoute } from '@/app/api/campaigns/[id]/events/route';
import { GET as settingsRoute, PATCH as updateSettingsRoute } from '@/app/api/settings/route';
import { database } from '@/db/client';
import { apiKeys, auditEvents } from '@/db/schema/accounts';
import type { ApiKey } from '@/lib/api-keys/schema';
import { endpoint } from '@/lib/api/endpoint';
import { eventStream } from '@/lib/http/sse';
import { handle, type RouteHandler } from '@/lib/http/route';
import { callRoute, type TestAnswer } from '@/tests/support/request';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { openSession } from './sessions';
import { signAccessToken } from './tokens';

type Headers = Record<string, string>;
interface Made {
  key: string;
  api_key: ApiKey;
}

const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

async function signIn() {
  const { workspaceId, userId } = await createWorkspace();
  const token = await signAccessToken({ userId, sessionId: await openSession(userId, 'api') });
  return { workspaceId, userId, person: bearer(token) };
}

async function makeKey(person: Headers, body: Record<string, unknown> = {}): Promise<Made> {
  const answer = await callRoute(createRoute, { headers: person, body: { name: 'Shop', ...body } });
  expect(answer.status).toBe(201);
  return answer.body as unknown as Made;
}

async function meStatus(key: string): Promise<number> {
  return (await callRoute(meRoute, { headers: bearer(key) })).status;
}

/** Moves a key's times, as if it were older. */
async function setKey(id: string, values: Record<string, ReturnType<typeof sql>>): Promise<void> {
  await database().db.update(apiKeys).set(values).where(eq(apiKeys.id, id));
}

function codeOf(answer: TestAnswer): [number, string | undefined] {
  return [answer.status, answer.body.error?.code];
}

describe('an API key', () => {
  it('is shown once, in its form, and stands nowhere in the database', async () => {
    const { workspaceId, userId, person } = await signIn();
    const { key, api_key } = await makeKey(person, { name: ' Shop backend ' });
    expect(key).toMatch(/^hrld_[\w-]{43}$/);
    expect(api_key).toMatchObject({
      name: 'Shop backend',
      access: 'full',
      prefix: key.slice(0, 11),
      expires_at: null,
      last_used_at: null,
      revoked_at: null,
      made_by: { id: userId },
    });
    expect(await meStatus(key)).toBe(200);
    const list = await callRoute(listRoute, { headers: person });
    expect(JSON.stringify(list.body)).not.toContain(key);
    for (const table of [apiKeys, auditEvents]) {
      const rows = await database().db.select().from(table).where(eq(table.workspaceId, workspaceId));
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain(key.slice(11));
    }
  });

  it('reads, changes and follows live like its maker, in its workspace alone', async () => {
    const [mine, other] = [await signIn(), await signIn()];
    const { key } = await makeKey(mine.person);
    const headers = bearer(key);
    const campaign = await createCampaign(mine.workspaceId, mine.userId);
    const theirs = await createCampaign(other.workspaceId, other.userId);
    const me = await callRoute(meRoute, { headers });
    expect(me.body).toMatchObject({ user: { id: mine.userId } });
    const list = (await callRoute(campaignsRoute, { headers })).body as unknown as { id: string }[];
    expect(list.map(({ id }) => id)).toEqual([campaign.id]);
    const changed = await callRoute(updateSettingsRoute, {
      method: 'PATCH',
      headers,
      body: { default_country: 'pt' },
    });
    expect(changed).toMatchObject({ status: 200, body: { settings: { default_country: 'PT' } } });
    const live = await open(eventsRoute, headers, campaign.id);
    expect(live.status).toBe(200);
    await live.body?.cancel();
    expect((await open(eventsRoute, headers, theirs.id)).status).toBe(404);
  });

  it.each([
    ['unknown', `hrld_${'x'.repeat(43)}`],
    ['cut off', 'hrld_short'],
  ])('that is %s is a 401', async (_, key) => {
    const answer = await callRoute(meRoute, { headers: bearer(key) });
    expect(codeOf(answer)).toEqual([401, 'unauthenticated']);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('is refused from the very next request after it is revoked; revoking twice is no error', async () => {
    const { person } = await signIn();
    const { key, api_key } = await makeKey(person);
    expect(await meStatus(key)).toBe(200);
    const revoke = () =>
      callRoute(revokeRoute, { method: 'DELETE', headers: person, params: { id: api_key.id } });
    expect((await revoke()).status).toBe(200);
    expect(await meStatus(key)).toBe(401);
    const [revoked] = await listOf(person);
    expect((await revoke()).status).toBe(200);
    expect(await listOf(person)).toEqual([revoked]);
  });

  it('ends by itself when its days are over', async () => {
    const { person } = await signIn();
    const { key, api_key } = await makeKey(person, { expires_in_days: 30 });
    expect(Date.parse(api_key.expires_at ?? '') - Date.parse(api_key.created_at)).toBe(30 * 86_400_000);
    await setKey(api_key.id, { expiresAt: sql`now() + interval '1 minute'` });
    expect(await meStatus(key)).toBe(200);
    await setKey(api_key.id, { expiresAt: sql`now()` });
    expect(await meStatus(key)).toBe(401);
  });

  it('with read access may GET and nothing else', async () => {
    const { person } = await signIn();
    const { key } = await makeKey(person, { access: 'read' });
    const headers = bearer(key);
    expect((await callRoute(settingsRoute, { headers })).status).toBe(200);
    const change = { method: 'PATCH', headers, body: { default_country: 'PT' } };
    expect(codeOf(await callRoute(updateSettingsRoute, change))).toEqual([403, 'read_only_key']);
    expect((await callRoute(settingsRoute, { headers })).body.default_country).toBeNull();
  });

  it('cannot make, see or end keys, nor change the password, the name or the sessions', async () => {
    const { person } = await signIn();
    const { key, api_key } = await makeKey(person);
    const headers = bearer(key);
    const params = { id: api_key.id };
    const refused = [
      await callRoute(listRoute, { headers }),
      await callRoute(createRoute, { headers, body: { name: 'Another' } }),
      await callRoute(rotateRoute, { method: 'POST', headers, params }),
      await callRoute(revokeRoute, { method: 'DELETE', headers, params }),
      await callRoute(updateMeRoute, { method: 'PATCH', headers, body: { name: 'Eve' } }),
      await callRoute(passwordRoute, { headers, body: { current_password: 'x', new_password: 'xxxxxxxx' } }),
      await callRoute(everywhereRoute, { method: 'POST', headers }),
    ];
    for (const answer of refused) expect(codeOf(answer)).toEqual([403, 'api_key_not_allowed']);
    expect(await listOf(person)).toHaveLength(1);
  });

  it('notes when and from where it was used, once a minute', async () => {
    const { person } = await signIn();
    const { key, api_key } = await makeKey(person);
    const from = (ip: string) =>
      callRoute(meRoute, { headers: { ...bearer(key), 'x-herald-client-ip': ip } });
    await from('10.0.0.1');
    const [first] = await listOf(person);
    expect(first).toMatchObject({ last_used_ip: '10.0.0.1' });
    await from('10.0.0.2');
    expect(await listOf(person)).toEqual([first]);
    await setKey(api_key.id, { lastUsedAt: sql`now() - interval '61 seconds'` });
    await from('10.0.0.3');
    const [last] = await listOf(person);
    expect(last?.last_used_ip).toBe('10.0.0.3');
    expect(Date.parse(last?.last_used_at ?? '')).toBeGreaterThanOrEqual(
      Date.parse(first?.last_used_at ?? ''),
    );
  });

  it('ends an open stream when it is revoked', async () => {
    const { person } = await signIn();
    const { key, api_key } = await makeKey(person);
    const stream = handle(streamEndpoint, ({ user, request }) =>
      Promise.resolve(eventStream(request, user, waitForEnd, { checkMs: 20 })),
    );
    const response = await open(stream, bearer(key), 'x');
    await setKey(api_key.id, { revokedAt: sql`now()` });
    expect(await response.text()).toContain('retry:');
  });
});

describe('replacing a key', () => {
  it('makes one like it, and leaves the old one good for a day', async () => {
    const { person } = await signIn();
    const old = await makeKey(person, { access: 'read', expires_in_days: 90 });
    const rotate = () =>
      callRoute(rotateRoute, { method: 'POST', headers: person, params: { id: old.api_key.id } });
    const answer = await rotate();
    expect(answer.status).toBe(201);
    const next = answer.body as unknown as Made;
    expect(next.key).not.toBe(old.key);
    expect(next.api_key).toMatchObject({ name: 'Shop', access: 'read' });
    expect(Date.parse(next.api_key.expires_at ?? '') - Date.parse(next.api_key.created_at)).toBe(
      90 * 86_400_000,
    );
    expect([await meStatus(old.key), await meStatus(next.key)]).toEqual([200, 200]);
    const [, before] = await listOf(person);
    const hoursLeft = (Date.parse(before?.expires_at ?? '') - Date.now()) / 3_600_000;
    expect(hoursLeft).toBeGreaterThan(23.9);
    expect(hoursLeft).toBeLessThanOrEqual(24);
    // A second click makes no third key.
    expect(codeOf(await rotate())).toEqual([409, 'api_key_ending']);
    await setKey(old.api_key.id, { expiresAt: sql`now()` });
    expect([await meStatus(old.key), await meStatus(next.key)]).toEqual([401, 200]);
  });

  it('twice at once makes one', async () => {
    const { person } = await signIn();
    const { api_key } = await makeKey(person);
    const call = { method: 'POST', headers: person, params: { id: api_key.id } };
    const answers = await Promise.all([callRoute(rotateRoute, call), callRoute(rotateRoute, call)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await listOf(person)).toHaveLength(2);
  });
});

describe("another workspace's key", () => {
  it('answers as one that does not exist, is in no list, and stays as it is', async () => {
    const [owner, stranger] = [await signIn(), await signIn()];
    const { key, api_key } = await makeKey(owner.person);
    const headers = stranger.person;
    for (const [route, method] of [
      [revokeRoute, 'DELETE'],
      [rotateRoute, 'POST'],
    ] as const) {
      const theirs = await callRoute(route, { method, headers, params: { id: api_key.id } });
      expect(theirs.status).toBe(404);
      for (const id of [randomUUID(), 'not-an-id']) {
        expect((await callRoute(route, { method, headers, params: { id } })).body).toEqual(theirs.body);
      }
    }
    expect(await listOf(headers)).toEqual([]);
    expect(await meStatus(key)).toBe(200);
  });
});

describe('the list of keys', () => {
  it('forgets those that ended more than 90 days ago, and nothing else', async () => {
    const { person } = await signIn();
    const made = [];
    for (const name of ['revoked long ago', 'expired long ago', 'revoked lately', 'lives'])
      made.unshift((await makeKey(person, { name })).api_key);
    const [, lately, expired, revoked] = made;
    await setKey(lately?.id ?? '', { revokedAt: sql`now() - interval '89 days'` });
    await setKey(expired?.id ?? '', { expiresAt: sql`now() - interval '91 days'` });
    await setKey(revoked?.id ?? '', { revokedAt: sql`now() - interval '91 days'` });
    expect((await listOf(person)).map(({ name }) => name)).toEqual(['lives', 'revoked lately']);
  });

  it('is bounded: the fifty-first live key is a 409', async () => {
    const { workspaceId, userId, person } = await signIn();
    const rows = Array.from({ length: 49 }, (_, i) => ({
      workspaceId,
      userId,
      name: `Key ${i}`,
      prefix: 'hrld_x',
      keyHash: randomUUID(),
    }));
    await database().db.insert(apiKeys).values(rows);
    const { api_key } = await makeKey(person);
    const answer = await callRoute(createRoute, { headers: person, body: { name: 'One more' } });
    expect(codeOf(answer)).toEqual([409, 'too_many_api_keys']);
    await setKey(api_key.id, { revokedAt: sql`now()` });
    await makeKey(person);
  });

  it.each([
    ['name', { name: '  ' }],
    ['access', { name: 'x', access: 'admin' }],
    ['expires_in_days', { name: 'x', expires_in_days: 0 }],
    ['user_id', { name: 'x', user_id: randomUUID() }],
  ])('takes no wrong %s', async (path, body) => {
    const { person } = await signIn();
    const answer = await callRoute(createRoute, { headers: person, body });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.issues.map((issue) => issue.path)).toEqual([path]);
  });
});

it('making, replacing and revoking keys is in the audit log, each once', async () => {
  const { workspaceId, userId, person } = await signIn();
  const { api_key } = await makeKey(person);
  const params = { id: api_key.id };
  await callRoute(rotateRoute, { method: 'POST', headers: person, params });
  await callRoute(rotateRoute, { method: 'POST', headers: person, params });
  await callRoute(revokeRoute, { method: 'DELETE', headers: person, params });
  await callRoute(revokeRoute, { method: 'DELETE', headers: person, params });
  const rows = await database()
    .db.select({ kind: auditEvents.kind, subject: auditEvents.subject })
    .from(auditEvents)
    .where(and(eq(auditEvents.workspaceId, workspaceId), eq(auditEvents.userId, userId)))
    .orderBy(auditEvents.id);
  expect(rows).toEqual(
    ['api_key_made', 'api_key_rotated', 'api_key_revoked'].map((kind) => ({ kind, subject: 'Shop' })),
  );
});

const streamEndpoint = endpoint({
  method: 'GET',
  path: '/api/stream',
  tag: 'Operations',
  summary: 'For the test',
  auth: 'user',
  responses: { 200: z.any() },
});

async function* waitForEnd(signal: AbortSignal) {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  yield* [];
}

async function listOf(person: Headers): Promise<ApiKey[]> {
  return (await callRoute(listRoute, { headers: person })).body as unknown as ApiKey[];
}

async function open(route: RouteHandler, headers: Headers, id: string): Promise<Response> {
  const request = new Request('http://127.0.0.1:3000/api/campaigns/x/events', { headers });
  return route(request, { params: Promise.resolve({ id }) });
}
