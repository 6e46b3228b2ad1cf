import { and, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { apiKeys, users } from '@/db/schema/accounts';
import { isLiveKey } from '@/lib/api-keys/live';
import { hashApiKey } from '@/lib/api-keys/secret';
import { asWorkspaceId, type WorkspaceId } from '@/lib/tenant';
import type { KeyUser } from './user';

/**
 * Whom a key that is neither revoked nor expired acts for. Asked on every request; that it was used, and from
 * where, is noted once a minute at most.
 */
export async function findKeyUser(
  key: string,
  ip: string,
  db: Db = database().db,
): Promise<KeyUser | undefined> {
  const [row] = await db
    .select({
      keyId: apiKeys.id,
      access: apiKeys.access,
      isNoted: sql<boolean>`coalesce(${apiKeys.lastUsedAt} > now() - interval '1 minute', false)`,
      workspaceId: apiKeys.workspaceId,
      userId: users.id,
      email: users.email,
      name: users.name,
    })
    .from(apiKeys)
    .innerJoin(users, and(eq(users.workspaceId, apiKeys.workspaceId), eq(users.id, apiKeys.userId)))
    .where(and(eq(apiKeys.keyHash, hashApiKey(key)), isLiveKey));
  if (!row) return undefined;
  const workspaceId = asWorkspaceId(row.workspaceId);
  if (!row.isNoted) await noteUse(workspaceId, row.keyId, ip, db);
  const { userId, email, name } = row;
  return { workspaceId, userId, email, name, apiKey: { id: row.keyId, access: row.access } };
}

async function noteUse(workspaceId: WorkspaceId, keyId: string, ip: string, db: Db): Promise<void> {
  await db
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()`, lastUsedIp: ip })
    .where(and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, keyId)));
}

/** Whether a key is still good: asked while a long answer goes on. */
export async function isKeyLive(
  { workspaceId, apiKey }: Pick<KeyUser, 'workspaceId' | 'apiKey'>,
  db: Db = database().db,
): Promise<boolean> {
  const own = and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, apiKey.id));
  return (await db.$count(apiKeys, and(own, isLiveKey))) > 0;
}
