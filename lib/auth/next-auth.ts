import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { credentialsSchema } from '@/lib/api/auth';
import { getEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { clientIpHeader } from '@/lib/http/client-ip';
import { verifyCredentials } from './accounts';
import { sessionCookieName, usesSecureCookies } from './session-cookie';
import { findSessionUser, openSession, revokeSession } from './sessions';

declare module 'next-auth' {
  interface User {
    /** Of the row that makes the cookie good, new at each sign-in. */
    sessionId: string;
  }
}

// The browser's session and nothing else: the rest of the product knows next-auth only by the cookie
// (session-cookie.ts), so that it can be replaced here.
const secondsOfSession = 30 * 24 * 60 * 60;

const signInWithPassword = CredentialsProvider({
  credentials: { email: { type: 'email' }, password: { type: 'password' } },
  async authorize(credentials, request) {
    const parsed = credentialsSchema.safeParse({
      email: credentials?.email,
      password: credentials?.password,
    });
    if (!parsed.success) return null;
    const ip: unknown = (request.headers as Record<string, unknown> | undefined)?.[clientIpHeader];
    try {
      const user = await verifyCredentials({ ...parsed.data, ip: typeof ip === 'string' ? ip : 'unknown' });
      return { id: user.id, sessionId: await openSession(user.id, 'browser') };
    } catch (error) {
      if (!(error instanceof AppError)) throw new Error('unavailable', { cause: error });
      if (error.kind === 'unauthenticated') return null;
      // next-auth hands the message to the page as `error`: see lib/sign-in-errors.ts.
      throw new Error(error.kind === 'rate_limited' ? 'rate_limited' : 'unavailable', { cause: error });
    }
  },
});

/** next-auth's settings for a request that reached us at `origin`. */
export function authOptions(origin: string): AuthOptions {
  const secure = usesSecureCookies();
  return {
    secret: getEnv().authSecret,
    providers: [signInWithPassword],
    session: { strategy: 'jwt', maxAge: secondsOfSession },
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      },
    },
    pages: { signIn: '/login', error: '/login' },
    callbacks: {
      // The cookie holds the session's id; who that is, and whether it still is, the database says.
      jwt: ({ token, user }) =>
        (user as typeof user | undefined) ? { sub: user.id, sessionId: user.sessionId } : token,
      async session({ session, token }) {
        const user = await findSessionUser(String(token.sessionId)).catch(() => null);
        // A throw removes the cookie; a database that is away only hides the user for now.
        if (user === undefined) throw new Error('This session is over.');
        if (user === null) return { expires: session.expires };
        return { expires: session.expires, user: { id: user.userId, email: user.email, name: user.name } };
      },
      redirect: ({ url }) => ownUrl(url, origin),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token.sessionId === 'string') await revokeSession(token.sessionId);
      },
    },
    // It logs whole errors, and what any visitor posts to its _log route.
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  };
}

/** Where to go afterwards: never to another site, `//evil.example` and `/\evil.example` included. */
export function ownUrl(url: string, origin: string): string {
  if (!URL.canParse(url, origin)) return origin;
  const target = new URL(url, origin);
  return target.origin === origin ? target.href : origin;
}
