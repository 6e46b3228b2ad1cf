import { cookies } from 'next/headers';
import { cache } from 'react';
import { openSessionCookie, sessionCookieName } from './session-cookie';
import { findSessionUser } from './sessions';
import type { SignedInUser } from './user';

/**
 * Who looks at a page, null when nobody is signed in. For server components; asked once a request however
 * many ask. Throws when the database cannot say: a page shows its error then, never somebody's data.
 */
export const getSessionUser = cache(async (): Promise<SignedInUser | null> => {
  const cookie = (await cookies()).get(sessionCookieName());
  const sessionId = cookie && (await openSessionCookie(cookie.value));
  return (sessionId && (await findSessionUser(sessionId))) || null;
});
