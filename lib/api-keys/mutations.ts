import { and, eq, isNull, sql, type SQL } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { apiKeys } from '@/db/schema/accounts';
import { recordAudit } from '@/lib/audit/record';
import { AppError, notFound } from '@/lib/errors';
import type { Actor } from '@/lib/tenant';
import { isLiveKey } from './live';
import { getApiKey } from './queries';
import { ROTATION_OVERLAP_HOURS, type CreateApiKey, type KeyAccess, type MadeApiKey } from './schema';
import { newApiKey } from './secret';

/** More than anybody tells apart; each is a way in. */
const MAX_LIVE_KEYS = 50;

const overlap = sql`now() + ${ROTATION_OVERLAP_HOURS} * interval '1 hour'`;

/** Makes a key. The answer is the only place where it can ever be read. */
export async function createApiKey(
  actor: Actor,
  { name, access, expires_in_days: days }: CreateApiKey,
  db: Db = database().db,
): Promise<MadeApiKey> {
  return db.transaction(async (tx) => {
    const live = await tx.$count(apiKeys, and(eq(apiKeys.workspaceId, actor.workspaceId), isLiveKey));
    if (live >= MAX_LIVE_KEYS) {
      throw new AppError(
        'conflict',
        'too_many_api_keys',
        `There are ${MAX_LIVE_KEYS} keys already; revoke one that is not used any more.`,
      );
    }
    const expiresAt = days ? sql`now() + ${days} * interval '1 day'` : null;
    const made = await insertKey(actor, { name, access, expiresAt }, tx);
    await recordAudit([{ ...actor, kind: 'api_key_made', subject: name, detail: { access } }], tx);
    return made;
  });
}

/**
 * A new key with the same name, access and length of life; the old one stays good for another 24 hours. Throws
 * 404, and 409 for a key that is revoked or ends within that time by itself.
 */
export async function rotateApiKey(
  command: { actor: Actor; keyId: string },
  db: Db = database().db,
): Promise<MadeApiKey> {
  const { actor, keyId } = command;
  return db.transaction(async (tx) => {
    const own = and(eq(apiKeys.workspaceId, actor.workspaceId), eq(apiKeys.id, keyId));
    const [old] = await tx
      .select({
        name: apiKeys.name,
        access: apiKeys.access,
        // The clock, not now(): of two at once the second may have begun before the first's now().
        isLasting: sql<boolean>`${apiKeys.revokedAt} is null
          and coalesce(${apiKeys.expiresAt} > clock_timestamp() + ${ROTATION_OVERLAP_HOURS} * interval '1 hour', true)`,
        life: sql<string | null>`(${apiKeys.expiresAt} - ${apiKeys.createdAt})::text`,
      })
      .from(apiKeys)
      .where(own)
      .for('update');
    if (!old) throw notFound('api-key');
    // Also what a second click meets: the first has left the key these hours only.
    if (!old.isLasting) {
      throw new AppError(
        'conflict',
        'api_key_ending',
        `This key is revoked, expired or ends within ${ROTATION_OVERLAP_HOURS} hours; make a new one instead.`,
      );
    }
    await tx.update(apiKeys).set({ expiresAt: overlap }).where(own);
    const expiresAt = old.life === null ? null : sql`now() + ${old.life}::interval`;
    const made = await insertKey(actor, { name: old.name, access: old.access, expiresAt }, tx);
    await recordAudit([{ ...actor, kind: 'api_key_rotated', subject: old.name }], tx);
    return made;
  });
}

/** Ends a key: the next request with it is refused. Revoking twice is no error. Throws 404. */
export async function revokeApiKey(
  command: { actor: Actor; keyId: string },
  db: Db = database().db,
): Promise<void> {
  const { actor, keyId } = command;
  await db.transaction(async (tx) => {
    const own = and(eq(apiKeys.workspaceId, actor.workspaceId), eq(apiKeys.id, keyId));
    const [revoked] = await tx
      .update(apiKeys)
      .set({ revokedAt: sql`now()` })
      .where(and(own, isNull(apiKeys.revokedAt)))
      .returning({ name: apiKeys.name });
    if (revoked) await recordAudit([{ ...actor, kind: 'api_key_revoked', subject: revoked.name }], tx);
    else await getApiKey({ workspaceId: actor.workspaceId, keyId }, tx);
  });
}

async function insertKey(
  actor: Actor,
  values: { name: string; access: KeyAccess; expiresAt: SQL | null },
  tx: Db,
): Promise<MadeApiKey> {
  const { workspaceId, userId } = actor;
  const { key, keyHash, prefix } = newApiKey();
  const [row] = await tx
    .insert(apiKeys)
    .values({ workspaceId, userId, keyHash, prefix, ...values })
    .returning({ id: apiKeys.id });
  if (!row) throw new Error('The key was not stored.');
  return { key, api_key: await getApiKey({ workspaceId, keyId: row.id }, tx) };
}
