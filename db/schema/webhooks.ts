import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, time, workspaceId } from './columns';

/** Parts of a signed webhook that could not be applied, with the reason. Never phone numbers or texts in logs; here they stay. */
export const parkedWebhooks = pgTable(
  'parked_webhooks',
  {
    workspaceId: workspaceId(),
    id: bigserial('id', { mode: 'number' }).notNull(),
    senderId: uuid('sender_id').notNull(),
    reason: text('reason').notNull(),
    raw: jsonb('raw').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), index('parked_webhooks_created').on(t.createdAt)],
);

/** Messages from people. The inbox comes later; nothing may be lost until then. */
export const inboundMessages = pgTable(
  'inbound_messages',
  {
    workspaceId: workspaceId(),
    id: uuid('id').notNull().defaultRandom(),
    senderId: uuid('sender_id').notNull(),
    wamid: text('wamid').notNull(),
    /** E.164 with the plus; null when WhatsApp names only a business-scoped user id. */
    phone: text('phone'),
    userRef: text('user_ref'),
    kind: text('kind').notNull(),
    body: text('body'),
    contextWamid: text('context_wamid'),
    /** Whose answer it was found to be when it came (lib/replies/attribute.ts); null: of no campaign's message. */
    campaignId: uuid('campaign_id'),
    recipientId: uuid('recipient_id'),
    matchedBy: text('matched_by').$type<'context' | 'time'>(),
    /** It says a stop word. */
    optsOut: boolean('opts_out').notNull().default(false),
    raw: jsonb('raw').notNull(),
    receivedAt: time('received_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex('inbound_messages_wamid').on(t.workspaceId, t.senderId, t.wamid),
    // What one person has written, newest first.
    index('inbound_messages_phone').on(t.workspaceId, t.phone, t.receivedAt),
    // What one sender was written, newest first.
    index('inbound_messages_sender').on(t.workspaceId, t.senderId, t.receivedAt),
    // What was written in answer to a campaign, by recipient.
    index('inbound_messages_campaign')
      .on(t.workspaceId, t.campaignId, t.recipientId, t.receivedAt)
      .where(sql`${t.campaignId} IS NOT NULL`),
  ],
);

/** The do-not-contact list. Every send checks it. */
export const optOuts = pgTable(
  'opt_outs',
  {
    workspaceId: workspaceId(),
    /** E.164 with the plus. */
    phone: text('phone').notNull(),
    source: text('source')
      .$type<'stop_word' | 'user_preference' | 'whatsapp_error' | 'manual' | 'import'>()
      .notNull(),
    reason: text('reason').notNull(),
    senderId: uuid('sender_id'),
    /** Who put it there by hand or by file. */
    userId: uuid('user_id'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.phone] }),
    // The list, newest first.
    index('opt_outs_newest').on(t.workspaceId, t.createdAt, t.phone),
  ],
);

/** What happened to an attempt that another one followed: timeline, and late receipts by wamid. */
export const pastAttempts = pgTable(
  'past_attempts',
  {
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    recipientId: uuid('recipient_id').notNull(),
    attempt: smallint('attempt').notNull(),
    wamid: text('wamid'),
    outcome: text('outcome').$type<'failed' | 'unconfirmed'>().notNull(),
    errorCode: integer('error_code'),
    errorMessage: text('error_message'),
    claimedAt: time('claimed_at'),
    endedAt: time('ended_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.campaignId, t.recipientId, t.attempt] }),
    index('past_attempts_wamid').on(t.workspaceId, t.wamid),
  ],
);
