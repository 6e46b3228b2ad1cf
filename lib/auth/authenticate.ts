import { looksLikeApiKey } from '@/lib/api-keys/secret';
import { AppError } from '@/lib/errors';
import { clientIp } from '@/lib/http/client-ip';
import { findKeyUser, isKeyLive } from './api-keys';
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
 * Who asks: by `Authorization: Bearer` (an API key or an access token), else by the session cookie; the row of
 * the key or the session decides each time.
 * Throws 401; a failing database fails the request, it never lets anybody in.
 */
export async function authenticate(request: Request): Promise<Authenticated> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) return { user: await bearerUser(authorization, request), by: 'bearer' };

  const cookie = readCookie(request.headers.get('cookie'), sessionCookieName());
  const sessionId = cookie === undefined ? undefined : await openSessionCookie(cookie);
  const user = sessionId === undefined ? undefined : await findSessionUser(sessionId);
  if (!user)
    throw unauthenticated('Sign in, or send an access token or an API key as Authorization: Bearer.');
  return { user, by: 'cookie' };
}

async function bearerUser(authorization: string, request: Request): Promise<AuthUser> {
  const token = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  if (token !== undefined && looksLikeApiKey(token)) {
    const user = await findKeyUser(token, clientIp(request.headers));
    if (user) return user;
    throw unauthenticated(
      'The API key is not valid, was revoked or has expired; make a new one in the settings.',
    );
  }
  return userOfToken(token);
}

async function userOfToken(token: string | undefined): Promise<AuthUser> {
  const claims = token === undefined ? undefined : await verifyAccessToken(token);
  const user = claims && (await findSessionUser(claims.sessionId));
  if (!user || user.userId !== claims.userId) {
    throw unauthenticated('The access token is not valid or no longer so; refresh it or sign in again.');
  }
  return user;
}

/** Whether what let a user in is still good: asked while a long answer goes on. */
export async function isStillIn(user: AuthUser): Promise<boolean> {
  return user.apiKey ? isKeyLive(user) : (await findSessionUser(user.sessionId)) !== undefined;
}

function unauthenticated(message: string): AppError {
  return new AppError('unauthenticated', 'unauthenticated', message);
}
