import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { apiKeys, users } from '@/db/schema/accounts';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import type { ApiKey } from './schema';

/** The workspace's keys, newest first; those that ended more than 90 days ago only the activity log still names. */
export async function listApiKeys(workspaceId: WorkspaceId, db: Db = database().db): Promise<ApiKey[]> {
  const endedAt = sql`least(${apiKeys.revokedAt}, ${apiKeys.expiresAt})`;
  const rows = await selectKeys(
    db,
    and(eq(apiKeys.workspaceId, workspaceId), sql`coalesce(${endedAt} > now() - interval '90 days', true)`),
  ).orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));
  return rows.map(toApiKey);
}

/** One key; throws 404. */
export async function getApiKey(
  { workspaceId, keyId }: { workspaceId: WorkspaceId; keyId: string },
  db: Db = database().db,
): Promise<ApiKey> {
  const [row] = await selectKeys(db, and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, keyId)));
  if (!row) throw notFound('api-key');
  return toApiKey(row);
}

function selectKeys(db: Db, where: SQL | undefined) {
  return db
    .select({ key: apiKeys, madeBy: { id: users.id, name: users.name, email: users.email } })
    .from(apiKeys)
    .innerJoin(users, and(eq(users.workspaceId, apiKeys.workspaceId), eq(users.id, apiKeys.userId)))
    .where(where)
    .$dynamic();
}

function toApiKey({ key, madeBy }: Awaited<ReturnType<typeof selectKeys>>[number]): ApiKey {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    access: key.access,
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    last_used_ip: key.lastUsedIp,
    revoked_at: key.revokedAt?.toISOString() ?? null,
    made_by: madeBy,
  };
}
