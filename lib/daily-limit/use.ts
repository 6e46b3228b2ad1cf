import { and, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { notFound } from '@/lib/errors';
import { dailyLimitOf } from '@/lib/senders/messaging-limit';
import type { WorkspaceId } from '@/lib/tenant';
import { readFreeAt, readUsed } from './ledger';
import { leftOf } from './plan';
import type { DailyUse } from './schema';

interface OfSender {
  workspaceId: WorkspaceId;
  senderId: string;
}

/** The daily limit a sender is under, and with whom it shares it. */
export interface DailyLimit {
  /** WhatsApp's business account: the nearest to the business portfolio that is known of a sender. */
  portfolio: string;
  limit: number;
}

/** The limit as the sender's row has it now; null: none, or not known. Throws AppError `not_found`. */
export async function readDailyLimit(
  { workspaceId, senderId }: OfSender,
  db: Db = database().db,
): Promise<DailyLimit | null> {
  const [row] = await db
    .select({ portfolio: senders.wabaId, word: senders.messagingLimit })
    .from(senders)
    .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId)));
  if (!row) throw notFound('sender');
  const limit = dailyLimitOf(row.word);
  return limit === null ? null : { portfolio: row.portfolio, limit };
}

/** How much of a sender's daily limit is used, over all numbers it shares it with. Throws AppError `not_found`. */
export async function readDailyUse(of: OfSender, db: Db = database().db): Promise<DailyUse> {
  const daily = await readDailyLimit(of, db);
  if (!daily) return { limit: null, used: 0, left: null, next_at: null };
  const { limit, portfolio } = daily;
  const at = { workspaceId: of.workspaceId, portfolio };
  const used = await readUsed(at, db);
  const next = await readFreeAt({ ...at, entry: 0 }, db);
  return {
    limit,
    used,
    left: leftOf({ limit, used }),
    next_at: next === null ? null : new Date(next).toISOString(),
  };
}
