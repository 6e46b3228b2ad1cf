import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { notFound } from '@/lib/errors';
import { dailyLimitOf } from '@/lib/senders/messaging-limit';
import type { WorkspaceId } from '@/lib/tenant';
import { readFreeAt, readUsed } from './ledger';
import { leftOf } from './plan';
import { portfolioKey } from './portfolio';
import type { DailyUse } from './schema';

interface OfSender {
  workspaceId: WorkspaceId;
  senderId: string;
}

/** The daily limit a sender is under, and with whom it shares it. */
export interface DailyLimit {
  /** The business portfolio's id; where that is not known, the account's. */
  portfolio: string;
  /** Of the portfolio's ledger, as it was read with the rest: senders that left it since are granted nothing of it. */
  revision: number;
  limit: number;
}

/** The limit as the sender's row has it now; null: none, or not known. Throws AppError `not_found`. */
export async function readDailyLimit(
  { workspaceId, senderId }: OfSender,
  db: Db = database().db,
): Promise<DailyLimit | null> {
  const [row] = await db.execute<{ word: string | null; portfolio: string; revision: number }>(sql`
    SELECT s.messaging_limit AS word, key.portfolio, coalesce(l.revision, 0) AS revision
    FROM senders s
    CROSS JOIN LATERAL (SELECT ${portfolioKey()} AS portfolio) key
    LEFT JOIN daily_limits l ON l.workspace_id = s.workspace_id AND l.portfolio = key.portfolio
    WHERE s.workspace_id = ${workspaceId} AND s.id = ${senderId}`);
  if (!row) throw notFound('sender');
  const { word, portfolio, revision } = row;
  const limit = dailyLimitOf(word);
  return limit === null ? null : { portfolio, revision, limit };
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
