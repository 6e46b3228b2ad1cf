import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
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
import { createdAt, time, updatedAt, workspaceId } from './columns';

/** A WhatsApp Business phone number and its account. Secrets are sealed by lib/crypto.ts. */
export const senders = pgTable(
  'senders',
  {
    workspaceId: workspaceId(),
    id: uuid('id').notNull().defaultRandom(),
    userId: uuid('user_id').notNull(),
    name: text('name').notNull(),
    sandbox: boolean('sandbox').notNull().default(false),
    phoneNumberId: text('phone_number_id').notNull(),
    wabaId: text('waba_id').notNull(),
    /** The business portfolio that owns the account, and whose daily limit it shares; null: not known yet. */
    portfolioId: text('portfolio_id'),
    accessTokenSealed: text('access_token_sealed').notNull(),
    appSecretSealed: text('app_secret_sealed').notNull(),
    /** The last four characters, to tell a stored secret by; null for one stored before they were kept. */
    accessTokenHint: text('access_token_hint'),
    appSecretHint: text('app_secret_hint'),
    verifyToken: text('verify_token').notNull(),
    /** Messages a second, over all of its campaigns. */
    rateLimit: integer('rate_limit').notNull().default(80),
    /** When it may write to people, by the clocks where they are (lib/send-window); null: always. */
    sendWindow: jsonb('send_window').$type<{
      from: string;
      to: string;
      days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
    }>(),
    /**
     * How its marketing templates go out: as every other message, or by WhatsApp's own endpoint for marketing, which
     * falls back to the usual way or refuses (`strict`).
     */
    marketingRoute: text('marketing_route')
      .$type<'messages' | 'marketing_messages' | 'marketing_messages_strict'>()
      .notNull()
      .default('messages'),
    /** ISO 3166 alpha-2: what a number without a country is taken for in the pages. */
    defaultCountry: text('default_country'),
    /** When its campaigns pause by themselves (lib/brakes/schema.ts). null: no share of failures pauses them. */
    brakeFailurePercent: smallint('brake_failure_percent').default(25),
    brakeFailureWindow: integer('brake_failure_window').notNull().default(200),
    brakeOnRedQuality: boolean('brake_on_red_quality').notNull().default(true),
    brakeOnCategoryChange: boolean('brake_on_category_change').notNull().default(true),
    displayPhoneNumber: text('display_phone_number'),
    verifiedName: text('verified_name'),
    qualityRating: text('quality_rating'),
    throughputLevel: text('throughput_level'),
    messagingLimit: text('messaging_limit'),
    /** Meta's word for whether the number may send: AVAILABLE, LIMITED or BLOCKED; and why, in its words. */
    health: text('health'),
    healthReason: text('health_reason'),
    /** Meta's word for the number (CONNECTED, …), or RESTRICTED / DISABLED from an account webhook. */
    status: text('status').notNull().default('UNKNOWN'),
    syncedAt: time('synced_at'),
    webhookSeenAt: time('webhook_seen_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex('senders_phone_number').on(t.workspaceId, t.phoneNumberId),
    // A webhook names only the number or the account: these find every workspace that registered it.
    index('senders_by_phone_number').on(t.phoneNumberId),
    index('senders_by_waba').on(t.wabaId),
    check('senders_rate_limit', sql`${t.rateLimit} BETWEEN 1 AND 1000`),
    check(
      'senders_brakes',
      sql`${t.brakeFailurePercent} BETWEEN 1 AND 100 AND ${t.brakeFailureWindow} BETWEEN 20 AND 100000`,
    ),
    check(
      'senders_marketing_route',
      sql`${t.marketingRoute} IN ('messages', 'marketing_messages', 'marketing_messages_strict')`,
    ),
  ],
);

interface NamedSource {
  column?: string;
  text?: string;
  format?: { type: 'currency'; code: string } | { type: 'date_time' };
}

export const templates = pgTable(
  'templates',
  {
    workspaceId: workspaceId(),
    /** An integer, unlike other ids: that is the contract's. */
    id: integer('id').notNull().generatedAlwaysAsIdentity(),
    senderId: uuid('sender_id').notNull(),
    metaId: text('meta_id').notNull(),
    name: text('name').notNull(),
    language: text('language').notNull(),
    category: text('category').notNull(),
    status: text('status').notNull(),
    parameterFormat: text('parameter_format').notNull().default('POSITIONAL'),
    components: jsonb('components').notNull(),
    qualityScore: text('quality_score'),
    rejectedReason: text('rejected_reason'),
    /** How the last list for it was mapped, by the names of its columns; no sync touches it. */
    lastMapping: jsonb('last_mapping').$type<Record<string, NamedSource>>(),
    syncedAt: time('synced_at').notNull().defaultNow(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex('templates_meta').on(t.workspaceId, t.senderId, t.metaId),
  ],
);
