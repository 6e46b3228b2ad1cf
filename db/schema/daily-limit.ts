import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { time, workspaceId } from './columns';

/**
 * How many people stand in daily_recipients for a business portfolio with a daily limit. Its row is the lock under
 * which the ledger is written: several numbers and workers cannot overshoot together.
 */
export const dailyLimits = pgTable(
  'daily_limits',
  {
    workspaceId: workspaceId(),
    /** The portfolio's id; of a sender whose portfolio is not known, that of its account (both are ids of Graph: none is both). */
    portfolio: text('portfolio').notNull(),
    used: integer('used').notNull().default(0),
    /** Rises when senders leave it for another one: a claim that knows an older one is granted nothing. */
    revision: integer('revision').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.portfolio] }),
    check('daily_limits_used', sql`${t.used} >= 0`),
  ],
);

/** To whom a portfolio with a daily limit has sent within the last day; written by the claim, before a byte leaves. */
export const dailyRecipients = pgTable(
  'daily_recipients',
  {
    workspaceId: workspaceId(),
    portfolio: text('portfolio').notNull(),
    /** E.164, or a name of nobody's once the person was erased. */
    phone: text('phone').notNull(),
    lastAt: time('last_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.portfolio, t.phone] }),
    // In the order in which they fall out.
    index('daily_recipients_last').on(t.workspaceId, t.portfolio, t.lastAt),
  ],
);
