import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, time, updatedAt, workspaceId } from './columns';

/** Where a workspace wants to be told what happens: its own programs' addresses. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    workspaceId: workspaceId(),
    id: uuid('id').notNull().defaultRandom(),
    userId: uuid('user_id').notNull(),
    url: text('url').notNull(),
    description: text('description').notNull().default(''),
    /** Names from lib/webhook-endpoints/events.ts. */
    events: text('events').array().notNull(),
    enabled: boolean('enabled').notNull().default(true),
    /** Why Herald switched it off; null: it is on, or a person did. */
    disabledReason: text('disabled_reason'),
    secretSealed: text('secret_sealed').notNull(),
    /** The secret before the last change signs too until then, so that no delivery is refused meanwhile. */
    oldSecretSealed: text('old_secret_sealed'),
    oldSecretUntil: time('old_secret_until'),
    /** The first of the failures in a row, and how many; null and 0 after each success. */
    failingSince: time('failing_since'),
    failuresInARow: integer('failures_in_a_row').notNull().default(0),
    lastSuccessAt: time('last_success_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/**
 * What has happened, written in the transaction of what it tells of, and only where an endpoint asks for it. The
 * worker turns each row into a delivery for each such endpoint and deletes it.
 */
export const webhookOutbox = pgTable(
  'webhook_outbox',
  {
    workspaceId: workspaceId(),
    seq: bigserial('seq', { mode: 'number' }).notNull(),
    eventId: uuid('event_id').notNull().defaultRandom(),
    type: text('type').notNull(),
    /** Of a message's event only what names it: the rest is read when the delivery is made. */
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    occurredAt: time('occurred_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.seq] })],
);

/** How one attempt went. */
export interface WebhookTry {
  /** ISO 8601. */
  at: string;
  /** null: no answer came. */
  status: number | null;
  duration_ms: number;
  /** null: it was taken. */
  error: string | null;
  /** The beginning of the answer. */
  answer: string;
}

/** One event on its way to one endpoint, with its attempts. Kept a while after it ended, as the endpoint's log. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    workspaceId: workspaceId(),
    id: uuid('id').notNull().defaultRandom(),
    endpointId: uuid('endpoint_id').notNull(),
    /** The same over all attempts and endpoints: receivers know a repeated one by it. */
    eventId: uuid('event_id').notNull(),
    type: text('type').notNull(),
    /** E.164: whom it names, so that erasing a person finds it. */
    phone: text('phone'),
    /** As it is signed and sent, to the byte. */
    body: text('body').notNull(),
    state: text('state').$type<'waiting' | 'delivered' | 'given_up'>().notNull().default('waiting'),
    /** Attempts begun, also one that a killed process never ended. */
    attempts: smallint('attempts').notNull().default(0),
    /** When it may be tried; while a worker tries it, when its lease ends. */
    dueAt: time('due_at').notNull().defaultNow(),
    /** Whose attempt is under way: its result counts only while this is still its own. */
    leaseToken: uuid('lease_token'),
    tries: jsonb('tries').$type<WebhookTry[]>().notNull().default([]),
    createdAt: createdAt(),
    endedAt: time('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    // What is due for an endpoint.
    index('webhook_deliveries_due')
      .on(t.workspaceId, t.endpointId, t.dueAt)
      .where(sql`${t.state} = 'waiting'`),
    // An endpoint's log, newest first; its oldest end is what the purge takes.
    index('webhook_deliveries_newest').on(t.workspaceId, t.endpointId, t.createdAt, t.id),
    // Erasing a person.
    index('webhook_deliveries_phone')
      .on(t.workspaceId, t.phone)
      .where(sql`${t.phone} IS NOT NULL`),
    check('webhook_deliveries_state', sql`${t.state} IN ('waiting', 'delivered', 'given_up')`),
    check('webhook_deliveries_ended', sql`(${t.state} = 'waiting') = (${t.endedAt} IS NULL)`),
  ],
);
