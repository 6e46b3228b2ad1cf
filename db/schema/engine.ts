import { sql } from 'drizzle-orm';
import { check, integer, pgTable, primaryKey, real, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { time, workspaceId } from './columns';

/** One incarnation of a worker process. Its claims are good while the lease is. */
export const workers = pgTable('workers', {
  id: uuid('id').primaryKey(),
  hostname: text('hostname').notNull(),
  pid: integer('pid').notNull(),
  version: text('version').notNull(),
  startedAt: time('started_at').notNull().defaultNow(),
  leaseUntil: time('lease_until').notNull(),
});

/**
 * GCRA, one row a campaign and one a sender, on the database's clock. `tat` is the theoretical arrival time:
 * when the next message may start. Apart from campaigns and senders because it is written at every claim.
 */
export const rateLimits = pgTable(
  'rate_limits',
  {
    workspaceId: workspaceId(),
    /** The campaign's or the sender's id. */
    id: uuid('id').notNull(),
    /** Messages a second, as set by a person. */
    rate: real('rate').notNull(),
    /** Share of `rate` allowed for now: lowered when WhatsApp says too fast, raised step by step. */
    factor: real('factor').notNull().default(1),
    tat: time('tat').notNull().defaultNow(),
    blockedUntil: time('blocked_until').notNull().defaultNow(),
    adjustedAt: time('adjusted_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    check('rate_limits_rate', sql`${t.rate} > 0 AND ${t.factor} > 0 AND ${t.factor} <= 1`),
  ],
);

/** How many of a campaign's `worker_count` requests each process may have under way. */
export const campaignPermits = pgTable(
  'campaign_permits',
  {
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    workerId: uuid('worker_id').notNull(),
    permits: smallint('permits').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.campaignId, t.workerId] })],
);
