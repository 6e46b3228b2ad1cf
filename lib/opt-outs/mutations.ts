import { and, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { optOuts } from '@/db/schema/webhooks';
import { recordAudit } from '@/lib/audit/record';
import { AppError } from '@/lib/errors';
import type { Actor, WorkspaceId } from '@/lib/tenant';
import { recordOptOuts } from '@/lib/webhook-endpoints/outbox';
import { isE164 } from './schema';
import type { OptOutSource } from './sources';

export interface NewOptOuts {
  workspaceId: WorkspaceId;
  /** E.164 with the plus; anything else is left out. */
  phones: readonly string[];
  source: OptOutSource;
  /** Why, in plain words. */
  reason: string;
  senderId?: string;
  /** Absent: nobody of the workspace did it. */
  userId?: string;
}

/**
 * Puts numbers on the do-not-contact list, which every claim checks; returns how many were not on it yet. An
 * entry that is there stays as it is. Sorted, so that two calls never wait for each other in a circle.
 */
export async function addOptOuts(entry: NewOptOuts, db: Db = database().db): Promise<number> {
  const phones = [...new Set(entry.phones)].filter(isE164).sort();
  if (phones.length === 0) return 0;
  const { workspaceId, source, reason, senderId = null, userId } = entry;
  return db.transaction(async (tx) => {
    const added = await tx
      .insert(optOuts)
      .values(
        phones.map((phone) => ({ workspaceId, phone, source, reason, senderId, userId: userId ?? null })),
      )
      .onConflictDoNothing()
      .returning({ phone: optOuts.phone });
    const kind = 'opt_out_added';
    await recordAudit(
      added.map(({ phone }) => ({ workspaceId, userId, kind, subject: phone, detail: { source, reason } })),
      tx,
    );
    await recordOptOuts({ workspaceId, phones: added.map(({ phone }) => phone), source, reason }, tx);
    return added.length;
  });
}

/**
 * Takes one number off the list: what waits for it in a campaign is sent again, what was skipped stays so. Throws
 * 404 when it is not on it. The audit keeps what the entry said.
 */
export async function removeOptOut(
  actor: Actor,
  { phone, reason }: { phone: string; reason: string },
  db: Db = database().db,
): Promise<void> {
  const { workspaceId, userId } = actor;
  await db.transaction(async (tx) => {
    const [entry] = await tx
      .delete(optOuts)
      .where(and(eq(optOuts.workspaceId, workspaceId), eq(optOuts.phone, phone)))
      .returning();
    if (!entry) {
      throw new AppError('not_found', 'not_on_the_list', 'This number is not on the do-not-contact list.');
    }
    const was = { source: entry.source, reason: entry.reason, created_at: entry.createdAt.toISOString() };
    const detail = { reason, was };
    await recordAudit([{ workspaceId, userId, kind: 'opt_out_removed', subject: phone, detail }], tx);
  });
}
