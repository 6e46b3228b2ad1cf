import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { senders } from '@/db/schema/senders';
import type { KnownSender } from './known-senders';

const EVERY_MS = 30_000;
const lastSeen = new Map<string, number>();

/** Notes that the sender's webhook works: at most every 30 s, as thousands arrive a second. */
export async function noteWebhookSeen({ workspaceId, id }: KnownSender): Promise<void> {
  const nowMs = performance.now();
  if (nowMs - (lastSeen.get(id) ?? -Infinity) < EVERY_MS) return;
  lastSeen.set(id, nowMs);
  try {
    await database()
      .db.update(senders)
      .set({ webhookSeenAt: sql`now()` })
      .where(
        and(
          eq(senders.workspaceId, workspaceId),
          eq(senders.id, id),
          or(isNull(senders.webhookSeenAt), lt(senders.webhookSeenAt, sql`now() - interval '30 seconds'`)),
        ),
      );
  } catch (error) {
    lastSeen.delete(id);
    throw error;
  }
}
