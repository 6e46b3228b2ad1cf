import { sql } from 'drizzle-orm';
import {
  check,
  date,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, time, updatedAt, workspaceId } from './columns';

/** What a message costs a workspace, as its people have entered it: Herald knows no price of Meta's. */
export const messageRates = pgTable(
  'message_rates',
  {
    workspaceId: workspaceId(),
    id: uuid('id').notNull().defaultRandom(),
    userId: uuid('user_id').notNull(),
    /** ISO 3166 alpha-2. */
    country: text('country').notNull(),
    /** As WhatsApp writes it in a status: marketing, utility, … */
    category: text('category').notNull(),
    /** ISO 4217. */
    currency: text('currency').notNull(),
    /** For one message; decimal, never a binary fraction. */
    amount: numeric('amount', { precision: 12, scale: 6 }).notNull(),
    /** In force from this day on (UTC), until a later one follows. */
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique('message_rates_key').on(t.workspaceId, t.country, t.category, t.validFrom),
    check('message_rates_amount', sql`${t.amount} >= 0`),
  ],
);

/** How many of a campaign's recipients are of which country: counted by the import, and true ever after. */
export const campaignCountries = pgTable(
  'campaign_countries',
  {
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    callingCode: smallint('calling_code').notNull(),
    /** ISO 3166 alpha-2; null: the number belongs to no one country, or it was imported before this was kept. */
    country: text('country'),
    people: integer('people').notNull(),
  },
  (t) => [
    unique('campaign_countries_key')
      .on(t.workspaceId, t.campaignId, t.callingCode, t.country)
      .nullsNotDistinct(),
  ],
);

/** How many messages WhatsApp has priced and how, kept like campaign_counters (docs/adr/cost-counting.md). */
export const costCounters = pgTable(
  'cost_counters',
  {
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    slot: smallint('slot').notNull(),
    callingCode: smallint('calling_code').notNull(),
    country: text('country'),
    /** WhatsApp's word on the price, as lib/costs/pricing.ts writes it. */
    pricing: text('pricing').notNull(),
    messages: integer('messages').notNull().default(0),
  },
  (t) => [
    unique('cost_counters_key')
      .on(t.workspaceId, t.campaignId, t.slot, t.callingCode, t.country, t.pricing)
      .nullsNotDistinct(),
  ],
);

/** When a campaign's messages went and how they fared, hour by hour: worked out when asked for, and kept a while. */
export const campaignHours = pgTable(
  'campaign_hours',
  {
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    computedAt: time('computed_at').notNull(),
    /** How long the reading took, ms: the longer, the longer it is kept. */
    tookMs: integer('took_ms').notNull(),
    /** Its shape is lib/reports/schema.ts. */
    hours: jsonb('hours').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.campaignId] })],
);
