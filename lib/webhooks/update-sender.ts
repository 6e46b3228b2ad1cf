import { and, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import type { KnownSender } from './known-senders';

/** Writes what a webhook said about a sender. */
export async function updateSender(
  sender: KnownSender,
  changes: Partial<typeof senders.$inferInsert>,
  db: Db = database().db,
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await db
    .update(senders)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(isSender(sender));
}

/** The sender's row. */
export function isSender({ workspaceId, id }: KnownSender) {
  return and(eq(senders.workspaceId, workspaceId), eq(senders.id, id));
}
