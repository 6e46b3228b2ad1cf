import { and, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { authSessions, users } from '@/db/schema/accounts';
import { asWorkspaceId } from '@/lib/tenant';
import type { SignedInUser } from './user';

const isLive = and(isNull(authSessions.revokedAt), gt(authSessions.expiresAt, sql`now()`));
const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** A new sign-in, always under a new id. Lasts 30 days; an API session is extended as it is refreshed. */
export async function openSession(
  userId: string,
  kind: 'api' | 'browser',
  db: Db = database().db,
): Promise<string> {
  const [session] = await db
    .insert(authSessions)
    .values({ userId, kind, expiresAt: sql`now() + interval '30 days'` })
    .returning({ id: authSessions.id });
  if (!session) throw new Error('The session was not stored.');
  return session.id;
}

/** The user of a session that is neither revoked nor over. Asked on every request. */
export async function findSessionUser(
  sessionId: string,
  db: Db = database().db,
): Promise<SignedInUser | undefined> {
  if (!uuid.test(sessionId)) return undefined;
  const [row] = await db
    .select({ id: users.id, workspaceId: users.workspaceId, email: users.email, name: users.name })
    .from(authSessions)
    .innerJoin(users, eq(users.id, authSessions.userId))
    .where(and(eq(authSessions.id, sessionId), isLive));
  if (!row) return undefined;
  return {
    userId: row.id,
    workspaceId: asWorkspaceId(row.workspaceId),
    email: row.email,
    name: row.name,
    sessionId,
  };
}

/** Ends a session with every token and cookie of it, at once. */
export async function revokeSession(sessionId: string, db: Db = database().db): Promise<void> {
  if (!uuid.test(sessionId)) return;
  await db
    .update(authSessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(authSessions.id, sessionId), isNull(authSessions.revokedAt)));
}

/** Ends every session of a user, but for `except`, with their tokens and cookies, at once. Returns how many. */
export async function revokeSessionsOf(
  { userId, except }: { userId: string; except?: string },
  db: Db = database().db,
): Promise<number> {
  const ended = await db
    .update(authSessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(authSessions.userId, userId), isLive, except ? ne(authSessions.id, except) : undefined))
    .returning({ id: authSessions.id });
  return ended.length;
}

/** For the maintenance loop: forgets sessions (and their tokens) over for 30 days. Returns how many. */
export async function purgeSessions(db: Db = database().db): Promise<number> {
  const gone = await db
    .delete(authSessions)
    .where(
      lt(
        sql`coalesce(${authSessions.revokedAt}, ${authSessions.expiresAt})`,
        sql`now() - interval '30 days'`,
      ),
    )
    .returning({ id: authSessions.id });
  return gone.length;
}
