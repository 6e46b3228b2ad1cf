import { z } from 'zod';
import { brakesSchema, changeBrakesSchema } from '@/lib/brakes/schema';
import { campaignStatusSchema } from '@/lib/campaigns/schema';
import { parseCountry } from '@/lib/recipients/phone';
import { sendWindowSchema, shownSendWindowSchema } from '@/lib/send-window/schema';

/** Graph ids are digits; 15 to 17 of them today. */
const graphId = z
  .string()
  .regex(/^\d{1,32}$/, 'Give the id as WhatsApp Manager shows it: digits only, not the phone number.');

// Into a header, or as a key: what is not printable ASCII was copied wrong.
const secret = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'This is empty: copy it from the Meta app.')
    .max(max, 'This is too long: copy the value alone.')
    .regex(/^[\x21-\x7e]*$/, 'This holds a space or a special character: copy the value alone.');

export const senderNameSchema = z.string().trim().min(1, 'Give it a name.').max(100);

/** Messages a second; Meta allows a number 80, and 1,000 once it is raised (reference §2). */
export const senderRateSchema = z.int().min(1).max(1000);

export const DEFAULT_SENDER_RATE = 80;

/**
 * `marketing_messages`: WhatsApp's own endpoint for marketing, which falls back to the usual way where it cannot;
 * `marketing_messages_strict`: which then refuses. Templates of other categories always go the usual way.
 */
export const marketingRouteSchema = z.enum(['messages', 'marketing_messages', 'marketing_messages_strict']);

export type MarketingRoute = z.infer<typeof marketingRouteSchema>;

const marketingRoute = marketingRouteSchema.describe(
  'How marketing templates go out: `messages` as all others, `marketing_messages` by WhatsApp’s endpoint for marketing (`product_policy` CLOUD_API_FALLBACK), `marketing_messages_strict` by that or not at all (STRICT).',
);

/** null: none, every number must name its country. */
const defaultCountrySchema = z
  .string()
  .nullable()
  .transform((text, context): string | null => {
    const country = text === null ? null : parseCountry(text);
    if (country === undefined) {
      context.addIssue({
        code: 'custom',
        message: 'Must be a country of ISO 3166, two letters (US, GB, IN), or null for none.',
      });
    }
    return country ?? null;
  })
  .describe('ISO 3166 alpha-2: what a number without a country is taken for in the pages.');

/** null: none, people are written to at any hour. */
const givenWindowSchema = sendWindowSchema
  .nullable()
  .describe(
    'When people may be written to, by the clocks where their number is; the others wait until it opens. null: at any hour.',
  );

const verifyTokenSchema = secret(256).describe('What Meta sends when it verifies the webhook.');

/** A real number with its account, or one that the sandbox makes up (browser-safe). */
export const createSenderSchema = z.discriminatedUnion('sandbox', [
  z.strictObject({
    sandbox: z.literal(false).optional(),
    name: senderNameSchema,
    phone_number_id: graphId,
    waba_id: graphId,
    access_token: secret(2_000),
    app_secret: secret(256),
    verify_token: verifyTokenSchema.optional(),
    rate_limit: senderRateSchema.optional(),
    default_country: defaultCountrySchema.optional(),
    send_window: givenWindowSchema.optional(),
  }),
  z.strictObject({
    sandbox: z.literal(true),
    name: senderNameSchema,
    rate_limit: senderRateSchema.optional(),
    default_country: defaultCountrySchema.optional(),
    send_window: givenWindowSchema.optional(),
  }),
]);

export type CreateSender = z.infer<typeof createSenderSchema>;

export const updateSenderSchema = z
  .strictObject({
    name: senderNameSchema.optional(),
    access_token: secret(2_000).optional(),
    app_secret: secret(256).optional(),
    verify_token: verifyTokenSchema.optional(),
    rate_limit: senderRateSchema.optional(),
    default_country: defaultCountrySchema.optional(),
    brakes: changeBrakesSchema.optional().describe('What is named changes; the rest stays.'),
    send_window: givenWindowSchema.optional(),
    marketing_route: marketingRoute.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change.');

export type UpdateSender = z.infer<typeof updateSenderSchema>;

/** Credentials as they stand in a form, to be tried before they are stored. */
export const testCredentialsSchema = z.strictObject({
  phone_number_id: graphId,
  waba_id: graphId,
  access_token: secret(2_000),
  app_secret: secret(256),
});

export type TestCredentials = z.infer<typeof testCredentialsSchema>;

export const connectionCheckSchema = z.object({
  key: z.enum(['token', 'number', 'account', 'templates', 'webhook']),
  result: z.enum(['pass', 'fail', 'unknown']),
  message: z.string().describe('One sentence: what was seen, or what to do.'),
});

/** One thing that must be right for a sender to send and be reported on. */
export type ConnectionCheck = z.infer<typeof connectionCheckSchema>;

/** A sender as the API shows it: never its access token or app secret. */
export const senderSchema = z.object({
  id: z.uuid(),
  user_id: z.uuid(),
  name: z.string(),
  sandbox: z.boolean(),
  phone_number_id: z.string(),
  waba_id: z.string(),
  portfolio_id: z
    .string()
    .nullable()
    .describe(
      'The business portfolio, whose numbers share one daily limit, as of the last sync; null: not known.',
    ),
  /** What to enter in the Meta app, with the verify token. */
  webhook_url: z.url(),
  verify_token: z.string(),
  token_ends_in: z.string().nullable().describe('The last four characters, to tell it by.'),
  secret_ends_in: z.string().nullable().describe('The last four characters, to tell it by.'),
  rate_limit: z.int(),
  default_country: z.string().nullable(),
  brakes: brakesSchema.describe('When its campaigns pause by themselves.'),
  send_window: shownSendWindowSchema.nullable(),
  marketing_route: marketingRoute,
  status: z.string(),
  quality_rating: z.string().nullable(),
  throughput_level: z.string().nullable(),
  messaging_limit: z.string().nullable(),
  health: z.string().nullable().describe('AVAILABLE, LIMITED or BLOCKED, as of the last sync.'),
  health_reason: z.string().nullable().describe('Why it is not AVAILABLE, in WhatsApp’s words.'),
  display_phone_number: z.string().nullable(),
  time_zones: z
    .array(z.string())
    .describe(
      'Zones in which it may be, by the country of its number; of those that share their clocks one.',
    ),
  verified_name: z.string().nullable(),
  webhook_seen_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  synced_at: z.iso.datetime().nullable(),
  campaigns_in_use: z.int().describe('How many draft, scheduled, active and paused campaigns need it.'),
  campaigns: z
    .array(z.object({ id: z.uuid(), name: z.string(), status: campaignStatusSchema }))
    .describe('The newest 20 of those.'),
});

export type Sender = z.infer<typeof senderSchema>;
