import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import { POST as logInRoute } from '@/app/api/auth/login/route';
import { POST as logOutRoute } from '@/app/api/auth/logout/route';
import { GET as meRoute } from '@/app/api/auth/me/route';
import { POST as refreshRoute } from '@/app/api/auth/refresh/route';
import { POST as signUpRoute } from '@/app/api/auth/signup/route';
import { database } from '@/db/client';
import { authSessions, refreshTokens, users } from '@/db/schema/accounts';
import { endpoint } from '@/lib/api/endpoint';
import { getEnv } from '@/lib/env';
import { handle, json } from '@/lib/http/route';
import { callRoute } from '@/tests/support/request';
import { openSession, purgeSessions, revokeSession } from './sessions';
import { verifyAccessToken } from './tokens';

const password = 'correct horse battery';

interface SignedIn {
  user: { id: string; email: string; name: string | null };
  access_token: string;
  refresh_token: string;
}

/** Each test calls from an address of its own, so that no limit is shared. */
function anIp(): Record<string, string> {
  const byte = () => Math.floor(Math.random() * 256);
  return { 'x-herald-client-ip': `10.${byte()}.${byte()}.${byte()}` };
}

async function signUp(email = `${randomUUID()}@example.com`): Promise<SignedIn> {
  const answer = await callRoute(signUpRoute, { body: { email, password, name: 'Ana' }, headers: anIp() });
  expect(answer.status).toBe(201);
  return answer.body as unknown as SignedIn;
}

async function logIn(body: unknown, headers = anIp()) {
  return callRoute(logInRoute, { body, headers });
}

async function meStatus(accessToken: string): Promise<number> {
  return (await callRoute(meRoute, { headers: { authorization: `Bearer ${accessToken}` } })).status;
}

async function refresh(refresh_token: string) {
  return callRoute(refreshRoute, { body: { refresh_token } });
}

describe('signing up', () => {
  it('answers the contract, and the token is good', async () => {
    const email = `${randomUUID()}@Example.com`;
    const answer = await callRoute(signUpRoute, { body: { email, password }, headers: anIp() });
    expect(answer).toMatchObject({
      status: 201,
      body: { success: true, token_type: 'Bearer', expires_in: 900, user: { email, name: null } },
    });
    const { access_token, user } = answer.body as unknown as SignedIn;
    const me = await callRoute(meRoute, { headers: { authorization: `Bearer ${access_token}` } });
    expect(me.body).toEqual({ user });
    expect(JSON.stringify(answer.body)).not.toContain('argon2');
  });

  it('twice at once with one email, in two cases, makes one account', async () => {
    const email = `${randomUUID()}@example.com`;
    const answers = await Promise.all(
      [email, email.toUpperCase()].map((each) =>
        callRoute(signUpRoute, { body: { email: each, password }, headers: anIp() }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    expect(answers.find((answer) => answer.status === 409)?.body.error?.code).toBe('email_taken');
    expect(await database().db.$count(users, eq(sql`lower(${users.email})`, email))).toBe(1);
  });

  it.each([
    ['email', { email: 'nobody', password }],
    ['email', { password }],
    ['password', { email: 'a@example.com', password: '1234567' }],
    ['password', { email: 'a@example.com', password: 'x'.repeat(201) }],
    ['name', { email: 'a@example.com', password, name: 'x'.repeat(101) }],
    ['workspace_id', { email: 'a@example.com', password, workspace_id: randomUUID() }],
  ])('names a wrong %s', async (path, body) => {
    const answer = await callRoute(signUpRoute, { body, headers: anIp() });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.issues.map((issue) => issue.path)).toEqual([path]);
  });
});

describe('signing in', () => {
  it('takes the email in any case, and is a session of its own', async () => {
    const first = await signUp();
    const answer = await logIn({ email: first.user.email.toUpperCase(), password });
    expect(answer).toMatchObject({ status: 200, body: { success: true, user: first.user, expires_in: 900 } });
    const one = await verifyAccessToken(first.access_token);
    const two = await verifyAccessToken((answer.body as unknown as SignedIn).access_token);
    expect(two?.userId).toBe(one?.userId);
    expect(two?.sessionId).not.toBe(one?.sessionId);
  });

  it('answers an unknown email and a wrong password the same, in about the same time', async () => {
    const { user } = await signUp();
    const timed = async (email: string) => {
      const times: number[] = [];
      let answer = await logIn({ email, password: 'wrong password' });
      for (let i = 0; i < 3; i += 1) {
        const startedAt = performance.now();
        answer = await logIn({ email, password: 'wrong password' });
        times.push(performance.now() - startedAt);
      }
      return { answer, ms: Math.min(...times) };
    };
    const unknown = await timed(`${randomUUID()}@example.com`);
    const wrong = await timed(user.email);
    expect(unknown.answer.status).toBe(401);
    expect(unknown.answer.body).toEqual(wrong.answer.body);
    expect(unknown.ms).toBeGreaterThan(wrong.ms / 4);
  });

  it('throttles one account from one address, tells when to come again, and lets other addresses in', async () => {
    const { user } = await signUp();
    const attacker = anIp();
    const answers = [];
    for (let i = 0; i < 11; i += 1) {
      answers.push(await logIn({ email: user.email, password: 'wrong password' }, attacker));
    }
    expect(answers.map((answer) => answer.status)).toEqual([...Array<number>(10).fill(401), 429]);
    expect(answers[10]?.body.error?.code).toBe('rate_limited');
    const retryAfter = Number(answers[10]?.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(900);
    // Also not with the right password, nor by a header anybody can send.
    const spoofed = { ...attacker, 'x-forwarded-for': '198.51.100.9' };
    expect((await logIn({ email: user.email, password }, spoofed)).status).toBe(429);
    expect((await logIn({ email: user.email, password })).status).toBe(200);
  });

  it('forgets the mistyped once the password was right', async () => {
    const { user } = await signUp();
    const place = anIp();
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 6; i += 1) {
        expect((await logIn({ email: user.email, password: 'mistyped' }, place)).status).toBe(401);
      }
      expect((await logIn({ email: user.email, password }, place)).status).toBe(200);
    }
  });

  it('stays open to its owner where they have signed in before, while strangers try the account', async () => {
    const { user } = await signUp();
    const home = anIp();
    expect((await logIn({ email: user.email, password }, home)).status).toBe(200);
    let last = 0;
    for (let i = 0; i < 110 && last !== 429; i += 1) {
      last = (await logIn({ email: user.email, password: 'wrong password' })).status;
    }
    expect(last).toBe(429);
    expect((await logIn({ email: user.email, password }, home)).status).toBe(200);
  });
});

describe('refreshing', () => {
  it('gives a new pair, and the new one works', async () => {
    const first = await signUp();
    const answer = await refresh(first.refresh_token);
    expect(answer).toMatchObject({
      status: 200,
      body: { success: true, token_type: 'Bearer', expires_in: 900 },
    });
    const second = answer.body as unknown as SignedIn;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await meStatus(second.access_token)).toBe(200);
    expect((await refresh(second.refresh_token)).status).toBe(200);
  });

  it('stores no token, only its hash', async () => {
    const { refresh_token } = await signUp();
    const [found] = await database()
      .db.select()
      .from(refreshTokens)
      .where(eq(refreshTokens.tokenHash, refresh_token));
    expect(found).toBeUndefined();
  });

  it('with a spent token kills the whole family: the newest pair too', async () => {
    const first = await signUp();
    const second = (await refresh(first.refresh_token)).body as unknown as SignedIn;
    const third = (await refresh(second.refresh_token)).body as unknown as SignedIn;
    expect(await meStatus(third.access_token)).toBe(200);
    const reused = await refresh(first.refresh_token);
    expect(reused).toMatchObject({ status: 401, body: { error: { code: 'invalid_refresh_token' } } });
    expect((await refresh(third.refresh_token)).status).toBe(401);
    for (const pair of [first, second, third]) expect(await meStatus(pair.access_token)).toBe(401);
  });

  it('twice at once with one token is such a reuse: never two living pairs', async () => {
    const first = await signUp();
    const answers = await Promise.all([refresh(first.refresh_token), refresh(first.refresh_token)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401]);
    const pair = answers.find((answer) => answer.status === 200)?.body as unknown as SignedIn;
    expect(await meStatus(pair.access_token)).toBe(401);
    expect((await refresh(pair.refresh_token)).status).toBe(401);
  });

  it('leaves the sessions of other devices alone', async () => {
    const first = await signUp();
    const other = (await logIn({ email: first.user.email, password })).body as unknown as SignedIn;
    await refresh(first.refresh_token);
    await refresh(first.refresh_token);
    expect(await meStatus(other.access_token)).toBe(200);
  });

  it('refuses an unknown token and an expired one', async () => {
    expect((await refresh(`hrt_${'x'.repeat(43)}`)).status).toBe(401);
    const { user, refresh_token } = await signUp();
    await database()
      .db.update(authSessions)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(authSessions.userId, user.id));
    expect((await refresh(refresh_token)).status).toBe(401);
  });

  it('never makes a session older than 90 days', async () => {
    const { user, refresh_token } = await signUp();
    await database()
      .db.update(authSessions)
      .set({ createdAt: sql`now() - interval '89 days'` })
      .where(eq(authSessions.userId, user.id));
    expect((await refresh(refresh_token)).status).toBe(200);
    const [session] = await database()
      .db.select({ left: sql<number>`extract(epoch from ${authSessions.expiresAt} - now())::float` })
      .from(authSessions)
      .where(eq(authSessions.userId, user.id));
    expect(session?.left).toBeLessThanOrEqual(86_400);
  });
});

describe('signing out', () => {
  it('ends the access token at once, and twice is no error', async () => {
    const { access_token, refresh_token } = await signUp();
    expect(await meStatus(access_token)).toBe(200);
    expect(await callRoute(logOutRoute, { body: { refresh_token } })).toMatchObject({
      status: 200,
      body: { success: true },
    });
    expect(await meStatus(access_token)).toBe(401);
    expect((await refresh(refresh_token)).status).toBe(401);
    expect((await callRoute(logOutRoute, { body: { refresh_token } })).status).toBe(200);
  });
});

describe("the browser's session", () => {
  const change = handle(
    endpoint({
      method: 'DELETE',
      path: '/api/things',
      tag: 'Operations',
      summary: 'For the test',
      auth: 'user',
      responses: {},
    }),
    async () => json(200, { success: true }),
  );

  async function cookieOf(userId: string) {
    const sessionId = await openSession(userId, 'browser');
    const value = await encode({ token: { sub: userId, sessionId }, secret: getEnv().authSecret });
    return { sessionId, cookie: `other=1; herald.session=${value}` };
  }

  it('is good while its row is, and not a moment longer', async () => {
    const { user } = await signUp();
    const { cookie, sessionId } = await cookieOf(user.id);
    expect(await callRoute(meRoute, { headers: { cookie } })).toMatchObject({ status: 200, body: { user } });
    await revokeSession(sessionId);
    expect((await callRoute(meRoute, { headers: { cookie } })).status).toBe(401);
  });

  it('changes things from our own pages only', async () => {
    const { cookie } = await cookieOf((await signUp()).user.id);
    const from = (headers: Record<string, string>) =>
      callRoute(change, { method: 'DELETE', headers: { cookie, ...headers } });
    const evil = await from({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    expect(evil).toMatchObject({ status: 403, body: { error: { code: 'cross_origin' } } });
    expect((await from({})).status).toBe(403);
    expect((await from({ origin: getEnv().publicUrl, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('sealed under another secret is nobody', async () => {
    const { user } = await signUp();
    const sessionId = await openSession(user.id, 'browser');
    const value = await encode({ token: { sub: user.id, sessionId }, secret: 'x'.repeat(32) });
    const answer = await callRoute(meRoute, { headers: { cookie: `herald.session=${value}` } });
    expect(answer.status).toBe(401);
  });

  it('is not asked when there is an Authorization header: a bad token stays a bad token', async () => {
    const { cookie } = await cookieOf((await signUp()).user.id);
    const answer = await callRoute(meRoute, { headers: { cookie, authorization: 'Bearer x' } });
    expect(answer.status).toBe(401);
  });
});

describe('old sessions', () => {
  it('are forgotten a month after their end, with their tokens', async () => {
    const { user, access_token } = await signUp();
    const live = await signUp();
    await database()
      .db.update(authSessions)
      .set({ revokedAt: sql`now() - interval '31 days'` })
      .where(eq(authSessions.userId, user.id));
    expect(await purgeSessions()).toBeGreaterThan(0);
    expect(await database().db.$count(authSessions, eq(authSessions.userId, user.id))).toBe(0);
    expect(await meStatus(access_token)).toBe(401);
    expect(await meStatus(live.access_token)).toBe(200);
  });
});
