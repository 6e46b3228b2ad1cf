import { AppError } from '@/lib/errors';
import { openSessionCookie, readCookie, sessionCookieName } from './session-cookie';
import { findSessionUser } from './sessions';
import { verifyAccessToken } from './tokens';
import type { AuthUser } from './user';

export interface Authenticated {
  user: AuthUser;
  /** A change that comes by cookie must also be same-origin. */
  by: 'bearer' | 'cookie';
}

/**
 * Who asks: by `Authorization: Bearer`, else by the session cookie; the session's row decides each time.
 * Throws 401; a failing database fails the request, it never lets anybody in.
 */
export async function authenticate(request: Request): Promise<Authenticated> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) return { user: await userOfToken(authorization), by: 'bearer' };

  const cookie = readCookie(request.headers.get('cookie'), sessionCookieName());
  const sessionId = cookie === undefined ? undefined : await openSessionCookie(cookie);
  const user = sessionId === undefined ? undefined : await findSessionUser(sessionId);
  if (!user) throw unauthenticated('Sign in, or send an access token as Authorization: Bearer.');
  return { user, by: 'cookie' };
}

async function userOfToken(authorization: string): Promise<AuthUser> {
  const token = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  const claims = token === undefined ? undefined : await verifyAccessToken(token);
  const user = claims && (await findSessionUser(claims.sessionId));
  if (!user || user.userId !== claims.userId) {
    throw unauthenticated('The access token is not valid or no longer so; refresh it or sign in again.');
  }
  return user;
}

function unauthenticated(message: string): AppError {
  return new AppError('unauthenticated', 'unauthenticated', message);
}
