import type { CountryCode } from 'libphonenumber-js/min';
import { z } from 'zod';
import { campaignNameSchema } from '@/lib/campaigns/schema';
import { trackClicksSchema } from '@/lib/clicks/destination';
import { followsSchema, hasCodeOfFailed, type Follows } from '@/lib/follow-ups/schema';
import type { NamedSource } from '@/lib/recipients/mapping';
import { parseCountry } from '@/lib/recipients/phone';
import { valueFormatSchema } from '@/lib/templates/values/format';
import { holdbackSchema } from '@/lib/variants/schema';
import { columnMappingSchema } from './mapping-schema';
import { HOLDBACK, VARIANTS, variantsSchema } from './variants-schema';

const MAX_TEMPLATE_ID = 2_147_483_647;

/**
 * Rows are checked one by one against the template (recipient-rows.ts), so that one answer names all that are
 * wrong; here they only must be there.
 */
const recipientRow = z.unknown().meta({
  type: 'object',
  description:
    'country_code?, phone_number, and the keys of the template’s `parameters`; values are text or numbers.',
  required: ['phone_number'],
  properties: {
    country_code: { type: ['string', 'number', 'null'], example: '+1' },
    phone_number: { type: ['string', 'number'], example: '1234567890' },
    body_param_1: { type: ['string', 'number', 'null'], example: 'Ana' },
  },
  additionalProperties: { type: ['string', 'number', 'null'] },
});

const TRACK_CLICKS =
  'URL button’s parameter key → where a click on it leads, https: `{"button_url_param": "https://shop.example.com/{{1}}"}`. For a template whose button’s address is this Herald’s public address and `/r/{{1}}`, and then required: the message carries a link of the recipient’s own, and the parameter’s value takes the place of `{{1}}` here, or stands at the end.';

export const campaignOrderSchema = z.strictObject({
  user_id: z.uuid().nullish().describe('You, or another member of your workspace; you when left out.'),
  name: campaignNameSchema,
  template_id: z.number().int().min(1).max(MAX_TEMPLATE_ID),
  sender_id: z.uuid().nullish().describe('The template’s own sender; may be left out.'),
  attested: z
    .boolean()
    .optional()
    .describe(
      'true: you confirm that these people agreed to get messages like this one. Kept with each of them.',
    ),
  track_clicks: trackClicksSchema.nullish().describe(TRACK_CLICKS),
});

export type CampaignOrder = z.infer<typeof campaignOrderSchema>;

const formatsSchema = z
  .record(z.string(), valueFormatSchema)
  .optional()
  .describe('Parameter key → what its values are, where they are amounts or dates rather than words.');

export const createCampaignBodySchema = campaignOrderSchema.extend({
  formats: formatsSchema,
  variants: variantsSchema.nullish().describe(VARIANTS),
  holdback: holdbackSchema.nullish().describe(HOLDBACK),
  recipients: z
    .array(recipientRow)
    .min(1, 'Give at least one recipient.')
    .describe('Any number of them. A number that comes twice is stored once.'),
});

export type CreateCampaignBody = z.infer<typeof createCampaignBodySchema>;

const MAX_TEST_RECIPIENTS = 5;

export const testMessageBodySchema = z.strictObject({
  formats: formatsSchema,
  template_id: campaignOrderSchema.shape.template_id,
  recipients: z
    .array(recipientRow)
    .min(1, 'Give at least one number.')
    .max(MAX_TEST_RECIPIENTS, `A test goes to at most ${MAX_TEST_RECIPIENTS} numbers.`)
    .describe('1 to 5, as for a campaign.'),
  track_clicks: campaignOrderSchema.shape.track_clicks,
});

export type TestMessageBody = z.infer<typeof testMessageBodySchema>;

/** A form leaves out what was not filled as an empty text. */
const filled = (text: string) => (text.trim() === '' ? undefined : text.trim());

const mappingSchema = z.string().transform((text, context): Record<string, NamedSource> | undefined => {
  if (text.trim() === '') return undefined;
  const parsed = columnMappingSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    context.addIssue({
      code: 'custom',
      message:
        'Must be a JSON object of column names, like {"phone_number": "Mobile"}; a parameter may also have {"column": "Name", "text": "friend"}.',
    });
    return z.NEVER;
  }
  return parsed.data;
});

const followedSchema = z.string().transform((text, context): Follows | undefined => {
  if (text.trim() === '') return undefined;
  const parsed = followsSchema.refine(hasCodeOfFailed).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: 'custom',
    message: 'Must be a JSON object like {"campaign_id": "…", "audience": "not_read"}.',
  });
  return z.NEVER;
});

const trackClicksFieldSchema = z.string().transform((text, context): Record<string, string> | undefined => {
  if (text.trim() === '') return undefined;
  const parsed = trackClicksSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: 'custom',
    message:
      parsed.error.issues.find(({ path }) => path.length > 0)?.message ??
      'Must be a JSON object like {"button_url_param": "https://shop.example.com/{{1}}"}.',
  });
  return z.NEVER;
});

const countrySchema = z
  .string()
  .transform(filled)
  .transform((text, context): CountryCode | undefined => {
    const country = text === undefined ? undefined : parseCountry(text);
    if (text !== undefined && !country) {
      context.addIssue({
        code: 'custom',
        message: 'Must be a country of ISO 3166, two letters: US, GB, IN.',
      });
    }
    return country;
  });

/** A form's field that carries JSON; an empty one is as good as left out. */
function jsonField<T extends z.ZodType>(schema: T, example: string) {
  return z
    .string()
    .transform((text, context): z.infer<T> | undefined => {
      if (text.trim() === '') return undefined;
      const parsed = schema.safeParse(parseJson(text));
      if (parsed.success) return parsed.data;
      const { message, path } = parsed.error.issues[0] ?? { message: '', path: [] };
      const where = path.length > 0 ? `${path.join('.')}: ` : '';
      context.addIssue({ code: 'custom', message: `${where}${message} It is JSON like ${example}.` });
      return z.NEVER;
    })
    .optional();
}

/** The form's fields beside `file`; all of them arrive as text. */
export const uploadFieldsSchema = z.strictObject({
  user_id: z.string().transform(filled).pipe(z.uuid().optional()).optional(),
  name: campaignNameSchema,
  template_id: z
    .string()
    .trim()
    .regex(/^\d{1,10}$/, 'Must be a template’s number.')
    .transform(Number)
    .pipe(z.number().int().min(1).max(MAX_TEMPLATE_ID)),
  sender_id: z.string().transform(filled).pipe(z.uuid().optional()).optional(),
  default_country: countrySchema.optional(),
  mapping: mappingSchema.optional(),
  attested: z
    .enum(['true', 'false', ''], 'Must be true or false.')
    .transform((text) => text === 'true')
    .optional(),
  follows: followedSchema.optional(),
  track_clicks: trackClicksFieldSchema.optional(),
  variants: jsonField(variantsSchema, '[{"template_id": 1, "share": 50}, {"template_id": 2, "share": 50}]'),
  holdback: jsonField(holdbackSchema, '{"percent": 20, "decide_by": "read", "after_minutes": 240}'),
});

export type UploadFields = z.infer<typeof uploadFieldsSchema>;

/** The same for the API's description. */
export const uploadFormSchema = z.strictObject({
  name: campaignNameSchema,
  template_id: z.string().describe('A template’s number.'),
  sender_id: z.uuid().optional().describe('The template’s own sender; may be left out.'),
  user_id: z.uuid().optional(),
  attested: z
    .enum(['true', 'false'])
    .optional()
    .describe('true: you confirm that these people agreed to get messages like this one.'),
  default_country: z
    .string()
    .length(2)
    .optional()
    .describe('ISO 3166 alpha-2, for numbers without a country.'),
  mapping: z
    .string()
    .optional()
    .describe(
      'JSON: parameter key, `phone_number` or `country_code` → column name; or `{"column": "Name", "text": "friend"}`: the text stands where the column is empty, or for everybody without a column; in the text, `format` `{"type": "currency", "code": "EUR"}` or `{"type": "date_time"}` makes it an amount or a date of the template’s language. Left out: the columns that bear these names.',
    ),
  follows: z
    .string()
    .optional()
    .describe(
      'JSON: `{"campaign_id", "audience", "error_code"?}`, where the list was made from another campaign’s result; kept and shown, and nothing else. To have the list made too: `POST /api/campaigns/{id}/follow-up`.',
    ),
  track_clicks: z.string().optional().describe(`JSON: ${TRACK_CLICKS}`),
  variants: z.string().optional().describe(`JSON: ${VARIANTS}`),
  holdback: z.string().optional().describe(`JSON: ${HOLDBACK}`),
  file: z
    .string()
    .meta({ format: 'binary' })
    .describe('CSV with a header row; comma, semicolon, tab or pipe; UTF-8, UTF-16 or Windows-1252.'),
});

export const createdCampaignSchema = z.object({
  success: z.literal(true),
  campaign_id: z.uuid(),
  total_recipients: z.number().int(),
  message: z.string(),
  rows: z.number().int().describe('Rows that came, without the header and blank ones.'),
  imported: z.number().int(),
  invalid: z.number().int(),
  duplicates: z.number().int(),
  suppressed: z.number().int().describe('Left out because they are on the do-not-contact list.'),
});

export type CreatedCampaign = z.infer<typeof createdCampaignSchema>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
