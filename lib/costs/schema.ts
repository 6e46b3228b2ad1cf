import { getCountries } from 'libphonenumber-js/min';
import { z } from 'zod';
import { RATE_CATEGORIES } from './categories';
import { isDecimal } from './money';

// Browser-safe: what the API and the pages say of rates and costs.

const COUNTRIES: ReadonlySet<string> = new Set(getCountries());

/** The currencies WhatsApp accounts are billed in, and every other one: a code of three letters. */
const currency = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{3}$/, 'Write the currency as three letters, like USD.');

const day = z.iso.date('Write the day as 2026-01-31.');

/** One rate as a person enters it; a row of a file is held to the same. */
export const rateBodySchema = z.strictObject({
  country: z
    .string()
    .trim()
    .toUpperCase()
    .refine((code) => COUNTRIES.has(code), 'Write the country as its two letters (ISO 3166), like IN.')
    .meta({ example: 'IN' }),
  category: z.enum(RATE_CATEGORIES, `Must be one of ${RATE_CATEGORIES.join(', ')}.`),
  currency: currency.meta({ example: 'USD' }),
  amount: z
    .string()
    .trim()
    .refine(isDecimal, 'Write the price of one message as a number like 0.0137, with at most six decimals.')
    .meta({ example: '0.0137' }),
  valid_from: day.meta({ example: '2026-01-01' }),
});
export type RateBody = z.infer<typeof rateBodySchema>;

export const rateChangesSchema = rateBodySchema
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'Name at least one field to change.');

export const rateSchema = z.object({
  id: z.uuid(),
  country: z.string(),
  country_name: z.string(),
  category: z.string(),
  currency: z.string(),
  amount: z.string(),
  valid_from: z.string(),
  updated_at: z.iso.datetime(),
});
export type Rate = z.infer<typeof rateSchema>;

const count = z.number().int().nonnegative();

export const importedRatesSchema = z.object({
  success: z.literal(true),
  rows: count,
  added: count,
  changed: count.describe('Another amount or currency for a country, category and day that was there.'),
  unchanged: count,
});
export type ImportedRates = z.infer<typeof importedRatesSchema>;

const money = z.object({ currency: z.string(), amount: z.string().describe('Decimal, exact.') });

/** Why a line has no amount. */
export const NO_AMOUNT = ['free', 'no_country', 'no_rate', 'by_conversation'] as const;

export const costLineSchema = z.object({
  country: z.string().nullable().describe('ISO 3166 alpha-2; null: the numbers tell no one country.'),
  country_name: z.string(),
  category: z.string().describe('In WhatsApp’s own word.'),
  billable: z.boolean(),
  type: z
    .string()
    .nullable()
    .describe(
      'Why it is free, in WhatsApp’s own word: `free_customer_service`, `free_entry_point`; null before sending.',
    ),
  messages: count,
  rate: money.extend({ valid_from: z.string() }).nullable().describe('The one in force on `on`.'),
  amount: z.string().nullable().describe('messages × rate; null: see `no_amount`.'),
  no_amount: z.enum(NO_AMOUNT).nullable(),
});
export type CostLine = z.infer<typeof costLineSchema>;

export const costSumSchema = z.object({
  on: z.string().describe('The day (UTC) whose rates were taken.'),
  lines: z.array(costLineSchema).describe('By country, most messages first.'),
  totals: z.array(money).describe('One a currency: different ones are never added up.'),
  billed: count.describe('Messages that cost something.'),
  free: count.describe('Messages that WhatsApp says are free.'),
  unknown: count.describe('Billed messages without an amount: they are in no total.'),
  rates_of: z.string().nullable().describe('The newest `valid_from` of the rates taken.'),
});
export type CostSum = z.infer<typeof costSumSchema>;

export const campaignCostSchema = z.object({
  estimate: costSumSchema.describe(
    'As if every recipient were sent to and nothing were free. No volume tiers.',
  ),
  actual: costSumSchema
    .extend({
      without_pricing: count.describe('Delivered, but WhatsApp has not said what they cost.'),
    })
    .describe('What WhatsApp has said of the messages it delivered, each counted once.'),
  sandbox: z.boolean().describe('Its sender is on the sandbox: nobody bills it.'),
});
export type CampaignCost = z.infer<typeof campaignCostSchema>;
