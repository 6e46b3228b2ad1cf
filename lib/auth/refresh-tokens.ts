import { createHash, randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { authSessions, refreshTokens } from '@/db/schema/accounts';
import { AppError } from '@/lib/errors';
import { openSession, revokeSession } from './sessions';
import { accessTokenSeconds, signAccessToken } from './tokens';

export interface TokenPair {
  access_token: string;
  refresh_token: string;
  token_type: 'Bearer';
  /** Of the access token; seconds. */
  expires_in: number;
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** A new API session with its first pair. */
export async function openApiSession(userId: string, db: Db = database().db): Promise<TokenPair> {
  return db.transaction(async (tx) => {
    const sessionId = await openSession(userId, 'api', tx);
    return issuePair(userId, sessionId, tx);
  });
}

async function issuePair(userId: string, sessionId: string, tx: Db): Promise<TokenPair> {
  const token = `hrt_${randomBytes(32).toString('base64url')}`;
  await tx.insert(refreshTokens).values({
    tokenHash: hashToken(token),
    sessionId,
    expiresAt: sql`now() + interval '30 days'`,
  });
  return {
    access_token: await signAccessToken({ userId, sessionId }),
    refresh_token: token,
    token_type: 'Bearer',
    expires_in: accessTokenSeconds,
  };
}

/**
 * Spends a refresh token for a new pair. One that was spent before is in two hands: the session, and with it
 * every token of the family, is dead from then on. Two uses at the same time are such a reuse too.
 */
export async function rotateRefreshToken(token: string, db: Db = database().db): Promise<TokenPair> {
  const pair = await db.transaction(async (tx) => {
    const found = await lockToken(tx, hashToken(token));
    if (!found) return undefined;
    if (found.isSpent) {
      await revokeSession(found.sessionId, tx);
      return undefined;
    }
    if (!found.isLive) return undefined;
    await tx
      .update(refreshTokens)
      .set({ usedAt: sql`now()` })
      .where(eq(refreshTokens.tokenHash, hashToken(token)));
    // Sliding, so that a client in daily use stays; but never longer than 90 days from the sign-in.
    await tx
      .update(authSessions)
      .set({
        expiresAt: sql`least(${authSessions.createdAt} + interval '90 days', now() + interval '30 days')`,
      })
      .where(eq(authSessions.id, found.sessionId));
    return issuePair(found.userId, found.sessionId, tx);
  });
  // Thrown out here: inside, it would undo the revocation.
  if (!pair) {
    throw new AppError(
      'unauthenticated',
      'invalid_refresh_token',
      'The refresh token is not valid; sign in again.',
    );
  }
  return pair;
}

/** Locks the family, then reads: the second of two at once sees what the first has done. */
async function lockToken(tx: Db, tokenHash: string) {
  const [family] = await tx
    .select({ sessionId: authSessions.id, userId: authSessions.userId })
    .from(authSessions)
    .innerJoin(refreshTokens, eq(refreshTokens.sessionId, authSessions.id))
    .where(eq(refreshTokens.tokenHash, tokenHash))
    .for('update', { of: authSessions });
  if (!family) return undefined;
  const [token] = await tx
    .select({
      isSpent: sql<boolean>`${refreshTokens.usedAt} is not null`,
      isLive: sql<boolean>`${authSessions.revokedAt} is null and ${authSessions.expiresAt} > now()
        and ${refreshTokens.expiresAt} > now()`,
    })
    .from(refreshTokens)
    .innerJoin(authSessions, eq(authSessions.id, refreshTokens.sessionId))
    .where(eq(refreshTokens.tokenHash, tokenHash));
  return token && { ...family, ...token };
}

/** Ends the session a refresh token belongs to, spent or not. An unknown token has nothing left to end. */
export async function revokeByRefreshToken(token: string, db: Db = database().db): Promise<void> {
  const [found] = await db
    .select({ sessionId: refreshTokens.sessionId })
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, hashToken(token)));
  if (found) await revokeSession(found.sessionId, db);
}
