import { and, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { users } from '@/db/schema/accounts';
import { notFound } from '@/lib/errors';
import type { Actor } from '@/lib/tenant';
import { parsePreferences, type Settings } from './schema';

/** What this person has chosen; defaults where nothing was. */
export async function getSettings(actor: Actor, db: Db = database().db): Promise<Settings> {
  const [row] = await db
    .select({ preferences: users.preferences })
    .from(users)
    .where(and(eq(users.workspaceId, actor.workspaceId), eq(users.id, actor.userId)));
  if (!row) throw notFound('user');
  return parsePreferences(row.preferences);
}
