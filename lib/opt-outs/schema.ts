import { z } from 'zod';
import { parseCountry } from '@/lib/recipients/phone';
import { OPT_OUT_SOURCES } from './sources';

export const optOutSourceSchema = z.enum(OPT_OUT_SOURCES);

const E164 = /^\+[1-9]\d{5,14}$/;

/** A phone number as it is stored. */
export const e164Schema = z
  .string()
  .regex(E164, 'Must be a phone number with + and the country code: +12025550123.')
  .meta({ example: '+12025550123' });

export function isE164(text: string): boolean {
  return E164.test(text);
}

/** Possible by its country's habits, and no E.164. */
export const TOO_SHORT = 'This number is too short to be written to.';

const MOST_CHECKED = 5_000;
const MOST_ADDED = 1_000;

export const checkOptOutsSchema = z.strictObject({
  phones: z
    .array(e164Schema)
    .min(1, 'Give at least one phone number.')
    .max(MOST_CHECKED, `Give at most ${MOST_CHECKED} phone numbers at a time.`),
});

export const checkedOptOutsSchema = z.object({
  suppressed: z.array(e164Schema).describe('Those of the numbers that are on the list.'),
});

export const optOutReasonSchema = z
  .string()
  .trim()
  .min(3, 'Say why, in at least three characters.')
  .max(500, 'Say it in at most 500 characters.');

const countrySchema = z.string().transform((text, context) => {
  const country = parseCountry(text);
  if (country) return country;
  context.addIssue({ code: 'custom', message: 'Must be a country of ISO 3166, two letters: US, GB, IN.' });
  return z.NEVER;
});

export const addOptOutsSchema = z.strictObject({
  phones: z
    .array(z.string())
    .min(1, 'Give at least one phone number.')
    .max(MOST_ADDED, `Give at most ${MOST_ADDED} phone numbers at a time; import a file for more.`)
    .describe('In any form: +1 202 555 0123, 0044 7911 123456; with `default_country` also 07911 123456.'),
  default_country: countrySchema
    .optional()
    .meta({ type: 'string', example: 'GB' })
    .describe('ISO 3166 alpha-2, for numbers without a country.'),
  reason: optOutReasonSchema,
});
export type AddOptOuts = z.infer<typeof addOptOutsSchema>;

export const addedOptOutsSchema = z.object({
  success: z.literal(true),
  added: z.int().describe('Numbers that were not on the list yet.'),
  already: z.int().describe('Numbers that were; their entries stay as they are.'),
});
export type AddedOptOuts = z.infer<typeof addedOptOutsSchema>;

export const removeOptOutSchema = z.strictObject({ phone: e164Schema, reason: optOutReasonSchema });

export const optOutSchema = z.object({
  phone: e164Schema,
  source: optOutSourceSchema,
  source_words: z.string().describe('What the source means, in a sentence.'),
  reason: z.string(),
  sender_id: z.uuid().nullable().describe('The sender it happened with.'),
  added_by: z.string().nullable().describe('Who added or imported it; null when Herald did.'),
  created_at: z.iso.datetime(),
});
export type OptOut = z.infer<typeof optOutSchema>;

export const optOutPageSchema = z.object({
  opt_outs: z.array(optOutSchema),
  next_cursor: z.string().nullable(),
  total: z.int().nullable().describe('All that match; counted for the first page only.'),
});
export type OptOutPage = z.infer<typeof optOutPageSchema>;

const filters = {
  search: z.string().max(200).optional().describe('A phone number in any form, or a part of one.'),
  source: optOutSourceSchema.optional(),
};

const DEFAULT_PAGE = 50;
const MAX_PAGE = 500;

export const listOptOutsQuerySchema = z.strictObject({
  ...filters,
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
  cursor: z.string().max(200).optional().describe('`next_cursor` of the page before.'),
});

export const exportOptOutsQuerySchema = z.strictObject(filters);

/** The form's fields, as the API describes them. */
export const importOptOutsFormSchema = z.strictObject({
  default_country: z
    .string()
    .length(2)
    .optional()
    .describe('ISO 3166 alpha-2, for numbers without a country.'),
  reason: z.string().optional().describe('For the rows without a reason of their own.'),
  mapping: z
    .string()
    .optional()
    .describe(
      'JSON: `phone_number`, `country_code` or `reason` → column name. Left out: the columns that bear these names.',
    ),
  file: z
    .string()
    .meta({ format: 'binary' })
    .describe('CSV with a header row; comma, semicolon, tab or pipe; UTF-8, UTF-16 or Windows-1252.'),
});

export const importedOptOutsSchema = z.object({
  success: z.literal(true),
  rows: z.int().describe('Rows that came, without the header and blank ones.'),
  added: z.int(),
  already: z.int().describe('Numbers that were on the list; their entries stay as they are.'),
  duplicates: z.int().describe('Rows whose number stands further up in the file.'),
  invalid: z.int(),
  issues: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .describe('Of the first hundred rows that are wrong.'),
});
export type ImportedOptOuts = z.infer<typeof importedOptOutsSchema>;
