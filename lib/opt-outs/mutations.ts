import { database, type Db } from '@/db/client';
import { optOuts } from '@/db/schema/webhooks';
import type { WorkspaceId } from '@/lib/tenant';

const E164 = /^\+[1-9]\d{5,14}$/;

export interface NewOptOuts {
  workspaceId: WorkspaceId;
  /** E.164 with the plus; anything else is left out. */
  phones: readonly string[];
  source: (typeof optOuts.$inferInsert)['source'];
  /** Why, in plain words. */
  reason: string;
  senderId?: string;
}

/**
 * Puts numbers on the do-not-contact list, which every claim checks; returns how many were not on it yet. An
 * entry that is there stays as it is. Sorted, so that two calls never wait for each other in a circle.
 */
export async function addOptOuts(entry: NewOptOuts, db: Db = database().db): Promise<number> {
  const phones = [...new Set(entry.phones)].filter((phone) => E164.test(phone)).sort();
  if (phones.length === 0) return 0;
  const { workspaceId, source, reason, senderId } = entry;
  const added = await db
    .insert(optOuts)
    .values(phones.map((phone) => ({ workspaceId, phone, source, reason, senderId: senderId ?? null })))
    .onConflictDoNothing()
    .returning({ phone: optOuts.phone });
  return added.length;
}
