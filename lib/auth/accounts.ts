import { eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { users, workspaces } from '@/db/schema/accounts';
import { AppError } from '@/lib/errors';
import { databaseErrorCode } from '@/lib/database-error-code';
import { countLogin, countSignUp } from './login-limits';
import { hashPassword, verifyPassword } from './passwords';
import { openApiSession, type TokenPair } from './refresh-tokens';

export interface Account {
  id: string;
  email: string;
  name: string | null;
}

export interface Credentials {
  email: string;
  password: string;
  /** Of the caller, for the limits. */
  ip: string;
}

const uniqueViolation = '23505';

/** Makes a workspace and its user, signed in. 409 `email_taken`, in whatever case it is written. */
export async function signUp(
  input: Credentials & { name?: string | undefined },
  db: Db = database().db,
): Promise<{ user: Account } & TokenPair> {
  await countSignUp(input.ip);
  const passwordHash = await hashPassword(input.password);
  try {
    return await db.transaction(async (tx) => {
      const user = await createAccount({ ...input, name: input.name ?? null, passwordHash }, tx);
      return { user, ...(await openApiSession(user.id, tx)) };
    });
  } catch (error) {
    if (databaseErrorCode(error) !== uniqueViolation) throw error;
    throw new AppError(
      'conflict',
      'email_taken',
      'There is an account with this email already; sign in instead.',
    );
  }
}

async function createAccount(
  { email, name, passwordHash }: { email: string; name: string | null; passwordHash: string },
  tx: Db,
): Promise<Account> {
  const [workspace] = await tx
    .insert(workspaces)
    .values({ name: name ?? email })
    .returning({ id: workspaces.id });
  if (!workspace) throw new Error('The workspace was not stored.');
  const [user] = await tx
    .insert(users)
    .values({ workspaceId: workspace.id, email, name, passwordHash })
    .returning({ id: users.id, email: users.email, name: users.name });
  if (!user) throw new Error('The user was not stored.');
  return user;
}

/**
 * The account behind an email and its password. The same 401, after the same time, whether the email is
 * unknown or the password wrong; 429 after too many attempts.
 */
export async function verifyCredentials(
  { email, password, ip }: Credentials,
  db: Db = database().db,
): Promise<Account> {
  const forgive = await countLogin(email, ip);
  const [found] = await db
    .select({ id: users.id, email: users.email, name: users.name, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(sql`lower(${users.email})`, sql`lower(${email})`));
  if (!(await verifyPassword(password, found?.passwordHash)) || !found) {
    throw new AppError('unauthenticated', 'invalid_credentials', 'The email or the password is wrong.');
  }
  await forgive();
  return { id: found.id, email: found.email, name: found.name };
}

/** Signs an API client in, under a session of its own. */
export async function logIn(
  credentials: Credentials,
  db: Db = database().db,
): Promise<{ user: Account } & TokenPair> {
  const user = await verifyCredentials(credentials, db);
  return { user, ...(await openApiSession(user.id, db)) };
}
