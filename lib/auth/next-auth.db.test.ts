import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { authSessions } from '@/db/schema/accounts';
import { database } from '@/db/client';
import { eq } from 'drizzle-orm';
import { signUp } from './accounts';
import { authOptions, ownUrl } from './next-auth';
import { findSessionUser, revokeSession } from './sessions';

const origin = 'http://127.0.0.1:3000';
const password = 'correct horse battery';

type Authorize = (
  credentials: Record<string, string>,
  request: { headers: Record<string, string> },
) => Promise<{ id: string; sessionId: string } | null>;

async function account() {
  const email = `${randomUUID()}@example.com`;
  const ip = `test-${randomUUID()}`;
  const { user } = await signUp({ email, password, ip });
  return { email, user, headers: { 'x-herald-client-ip': ip } };
}

function authorize(credentials: Record<string, string>, headers: Record<string, string>) {
  const [provider] = authOptions(origin).providers;
  const { options } = provider as unknown as { options: { authorize: Authorize } };
  return options.authorize(credentials, { headers });
}

describe("the browser's sign-in", () => {
  it('opens a session of its own at each sign-in', async () => {
    const { email, user, headers } = await account();
    const one = await authorize({ email, password }, headers);
    const two = await authorize({ email, password }, headers);
    expect(one?.id).toBe(user.id);
    expect(one?.sessionId).not.toBe(two?.sessionId);
    const [row] = await database()
      .db.select()
      .from(authSessions)
      .where(eq(authSessions.id, one?.sessionId ?? ''));
    expect(row).toMatchObject({ kind: 'browser', userId: user.id, revokedAt: null });
  });

  it('answers a wrong password, an unknown email and nonsense alike', async () => {
    const { email, headers } = await account();
    expect(await authorize({ email, password: 'wrong password' }, headers)).toBeNull();
    expect(await authorize({ email: `${randomUUID()}@example.com`, password }, headers)).toBeNull();
    expect(await authorize({ email: 'nonsense', password: '' }, headers)).toBeNull();
    expect(await authorize({}, headers)).toBeNull();
  });

  it('is throttled like the API', async () => {
    const { email, headers } = await account();
    for (let i = 0; i < 10; i += 1) await authorize({ email, password: 'wrong password' }, headers);
    await expect(authorize({ email, password }, headers)).rejects.toThrow(/^rate_limited$/);
  });

  it('signing out ends the session behind the cookie', async () => {
    const { email, headers } = await account();
    const session = await authorize({ email, password }, headers);
    if (!session) throw new Error('not signed in');
    expect(await findSessionUser(session.sessionId)).toBeDefined();
    await authOptions(origin).events?.signOut?.({ token: { sessionId: session.sessionId } } as never);
    expect(await findSessionUser(session.sessionId)).toBeUndefined();
  });

  it('shows who it is while the session lives, and throws the cookie away after', async () => {
    const { email, user, headers } = await account();
    const session = await authorize({ email, password }, headers);
    const { callbacks } = authOptions(origin);
    const token = await callbacks?.jwt?.({ token: {}, user: session } as never);
    expect(token).toEqual({ sub: user.id, sessionId: session?.sessionId });
    const shown = () => callbacks?.session?.({ session: { expires: 'later' }, token } as never);
    expect(await shown()).toEqual({ expires: 'later', user: { id: user.id, email, name: null } });
    await revokeSession(session?.sessionId ?? '');
    await expect(shown()).rejects.toThrow('This session is over.');
  });

  it('keeps its cookie from scripts and other sites', () => {
    expect(authOptions(origin).cookies?.sessionToken).toEqual({
      name: 'herald.session',
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: false },
    });
  });

  it.each([
    ['/campaigns?a=1', `${origin}/campaigns?a=1`],
    [`${origin}/campaigns`, `${origin}/campaigns`],
    ['//evil.example', origin],
    ['/\\evil.example', origin],
    ['https://evil.example/', origin],
    ['http://127.0.0.1:3000@evil.example/', origin],
    ['javascript:alert(1)', origin],
    ['http://[', origin],
  ])('goes on to %s as %s', (url, expected) => {
    expect(ownUrl(url, origin)).toBe(expected);
  });
});
