import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { POST as everywhereRoute } from '@/app/api/auth/logout-everywhere/route';
import { POST as logInRoute } from '@/app/api/auth/login/route';
import { GET as meRoute, PATCH as updateMeRoute } from '@/app/api/auth/me/route';
import { POST as passwordRoute } from '@/app/api/auth/password/route';
import { POST as refreshRoute } from '@/app/api/auth/refresh/route';
import { POST as createKeyRoute } from '@/app/api/api-keys/route';
import { database } from '@/db/client';
import { auditEvents, users } from '@/db/schema/accounts';
import { callRoute } from '@/tests/support/request';
import { signUp } from './accounts';
import type { TokenPair } from './refresh-tokens';
import { openSession, findSessionUser } from './sessions';

const password = 'correct horse battery';
const newPassword = 'an even better horse';

async function account() {
  const email = `${randomUUID()}@example.com`;
  const place = { 'x-herald-client-ip': `test-${randomUUID()}` };
  const first = await signUp({ email, password, ip: place['x-herald-client-ip'] });
  return { email, first, userId: first.user.id, headers: { ...place, ...bearer(first) } };
}

function bearer({ access_token }: Pick<TokenPair, 'access_token'>) {
  return { authorization: `Bearer ${access_token}` };
}

async function logIn(email: string, secret: string) {
  const headers = { 'x-herald-client-ip': `test-${randomUUID()}` };
  return callRoute(logInRoute, { body: { email, password: secret }, headers });
}

async function isIn(pair: TokenPair): Promise<boolean> {
  return (await callRoute(meRoute, { headers: bearer(pair) })).status === 200;
}

async function refreshes({ refresh_token }: TokenPair): Promise<boolean> {
  return (await callRoute(refreshRoute, { body: { refresh_token } })).status === 200;
}

async function auditOf(userId: string): Promise<string[]> {
  const rows = await database()
    .db.select({ kind: auditEvents.kind })
    .from(auditEvents)
    .where(eq(auditEvents.userId, userId))
    .orderBy(auditEvents.id);
  return rows.map(({ kind }) => kind);
}

describe('changing the password', () => {
  it('ends every other session and its tokens at once, and leaves this one', async () => {
    const { email, first, userId, headers } = await account();
    const elsewhere = (await logIn(email, password)).body as unknown as TokenPair;
    const browser = await openSession(userId, 'browser');
    const stranger = await account();
    const body = { current_password: password, new_password: newPassword };
    const answer = await callRoute(passwordRoute, { headers, body });
    expect(answer).toMatchObject({ status: 200, body: { success: true, sessions_ended: 2 } });
    expect([await isIn(elsewhere), await refreshes(elsewhere)]).toEqual([false, false]);
    expect(await findSessionUser(browser)).toBeUndefined();
    expect([await isIn(first), await isIn(stranger.first)]).toEqual([true, true]);
    expect((await logIn(email, password)).status).toBe(401);
    expect((await logIn(email, newPassword)).status).toBe(200);
    expect(await auditOf(userId)).toEqual(['password_changed']);
  });

  it.each([
    ['current_password', { current_password: 'a wrong password', new_password: newPassword }],
    ['new_password', { current_password: password, new_password: password }],
    ['new_password', { current_password: password, new_password: 'short' }],
  ])('with a wrong %s is a 422 that names it, and changes nothing', async (path, body) => {
    const { email, userId, headers } = await account();
    const answer = await callRoute(passwordRoute, { headers, body });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.issues.map((issue) => issue.path)).toEqual([path]);
    expect((await logIn(email, password)).status).toBe(200);
    expect(await auditOf(userId)).toEqual([]);
  });

  it('is no place to guess in: throttled like the sign-in, also with the right password then', async () => {
    const { headers } = await account();
    const guess = (current_password: string) =>
      callRoute(passwordRoute, { headers, body: { current_password, new_password: newPassword } });
    const answers = [];
    for (let i = 0; i < 10; i += 1) answers.push((await guess('a wrong password')).status);
    expect(answers).toEqual(Array<number>(10).fill(422));
    const last = await guess(password);
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('signing out everywhere', () => {
  it('ends all sessions, this one too, and leaves API keys good', async () => {
    const { email, first, userId, headers } = await account();
    const elsewhere = (await logIn(email, password)).body as unknown as TokenPair;
    const made = await callRoute(createKeyRoute, { headers, body: { name: 'Shop' } });
    const answer = await callRoute(everywhereRoute, { method: 'POST', headers });
    expect(answer).toMatchObject({ status: 200, body: { success: true, sessions_ended: 2 } });
    for (const pair of [first, elsewhere])
      expect([await isIn(pair), await refreshes(pair)]).toEqual([false, false]);
    const withKey = { authorization: `Bearer ${String(made.body.key)}` };
    expect((await callRoute(meRoute, { headers: withKey })).status).toBe(200);
    expect(await auditOf(userId)).toEqual(['api_key_made', 'signed_out_everywhere']);
  });
});

describe('the profile', () => {
  it('takes a name and takes it away; only a change is in the audit log', async () => {
    const { userId, headers } = await account();
    for (const [given, kept] of [
      ['  Ana  ', 'Ana'],
      ['Ana', 'Ana'],
      ['', null],
      [null, null],
    ]) {
      const answer = await callRoute(updateMeRoute, { method: 'PATCH', headers, body: { name: given } });
      expect(answer).toMatchObject({
        status: 200,
        body: { success: true, user: { id: userId, name: kept } },
      });
      expect((await callRoute(meRoute, { headers })).body.user).toMatchObject({ name: kept });
    }
    expect(await auditOf(userId)).toEqual(['profile_changed', 'profile_changed']);
  });

  it.each([{ name: 'x'.repeat(101) }, { name: 'Ana', email: 'eve@example.com' }, {}])(
    'refuses %j',
    async (body) => {
      const { userId, headers } = await account();
      expect((await callRoute(updateMeRoute, { method: 'PATCH', headers, body })).status).toBe(422);
      const [row] = await database().db.select().from(users).where(eq(users.id, userId));
      expect(row?.name).toBeNull();
    },
  );
});
