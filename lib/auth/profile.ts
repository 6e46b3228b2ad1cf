import { and, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { users } from '@/db/schema/accounts';
import { recordAudit } from '@/lib/audit/record';
import { AppError } from '@/lib/errors';
import type { Account } from './accounts';
import { countLogin } from './login-limits';
import { hashPassword, verifyPassword } from './passwords';
import { revokeSessionsOf } from './sessions';
import type { SignedInUser } from './user';

/** Changes what others in the workspace see of a person. */
export async function updateProfile(
  user: SignedInUser,
  { name }: { name: string | null },
  db: Db = database().db,
): Promise<Account> {
  return db.transaction(async (tx) => {
    const [account] = await tx
      .update(users)
      .set({ name, updatedAt: sql`now()` })
      .where(own(user))
      .returning({ id: users.id, email: users.email, name: users.name });
    if (!account) throw new Error('The user of a session is gone.');
    if (name !== user.name) {
      await recordAudit([{ ...user, kind: 'profile_changed', subject: user.email, detail: { name } }], tx);
    }
    return account;
  });
}

export interface PasswordChange {
  currentPassword: string;
  newPassword: string;
  /** Of the caller, for the limits. */
  ip: string;
}

/**
 * Changes the password and ends every other session, at once. Returns how many. Throws 422 naming the field
 * that is wrong, and 429 like a sign-in: a stolen session must not be a place to guess in.
 */
export async function changePassword(
  user: SignedInUser,
  { currentPassword, newPassword, ip }: PasswordChange,
  db: Db = database().db,
): Promise<number> {
  const forgive = await countLogin(user.email, ip);
  const [found] = await db.select({ passwordHash: users.passwordHash }).from(users).where(own(user));
  if (!(await verifyPassword(currentPassword, found?.passwordHash)))
    throw wrongField('current_password', 'This is not your present password.');
  await forgive();
  if (newPassword === currentPassword)
    throw wrongField('new_password', 'This is your present password; choose another one.');
  const passwordHash = await hashPassword(newPassword);
  return db.transaction(async (tx) => {
    await tx
      .update(users)
      .set({ passwordHash, updatedAt: sql`now()` })
      .where(own(user));
    const ended = await revokeSessionsOf({ userId: user.userId, except: user.sessionId }, tx);
    await recordAudit([{ ...user, kind: 'password_changed', subject: user.email }], tx);
    return ended;
  });
}

/** Ends every session of a person, the one that asks too. Returns how many. */
export async function logOutEverywhere(user: SignedInUser, db: Db = database().db): Promise<number> {
  return db.transaction(async (tx) => {
    const ended = await revokeSessionsOf({ userId: user.userId }, tx);
    await recordAudit([{ ...user, kind: 'signed_out_everywhere', subject: user.email }], tx);
    return ended;
  });
}

function own(user: SignedInUser) {
  return and(eq(users.workspaceId, user.workspaceId), eq(users.id, user.userId));
}

function wrongField(path: string, message: string): AppError {
  return new AppError('invalid', 'validation_failed', message, { issues: [{ path, message }] });
}
