import { z } from 'zod';
import { parseCountry } from '@/lib/recipients/phone';

/** As many as a test message goes to at once. */
export const MAX_TEST_NUMBERS = 5;

const storedSchema = z.object({
  test_numbers: z.array(z.string()).max(MAX_TEST_NUMBERS).catch([]),
  default_country: z.string().length(2).nullable().catch(null),
  shortcuts_enabled: z.boolean().catch(true),
  checklist_dismissed: z.boolean().catch(false),
});

/** What a person has chosen for the pages, as the API shows it (browser-safe). */
export const settingsSchema = z.object({
  test_numbers: z.array(z.string()).describe('Own phones that test messages go to; E.164.'),
  default_country: z
    .string()
    .nullable()
    .describe('ISO 3166 alpha-2; the country of numbers written without one.'),
  shortcuts_enabled: z.boolean().describe('Single-key shortcuts of the pages.'),
  checklist_dismissed: z.boolean().describe('The first steps are not shown any more.'),
});

export type Settings = z.infer<typeof settingsSchema>;

const countrySchema = z.string().transform((text, context) => {
  const country = parseCountry(text);
  if (country) return country;
  context.addIssue({ code: 'custom', message: 'Must be a country of ISO 3166, two letters: US, GB, IN.' });
  return z.NEVER;
});

export const updateSettingsSchema = z.strictObject({
  test_numbers: z
    .array(z.string().max(64, 'This is too long to be a phone number.'))
    .max(MAX_TEST_NUMBERS, `At most ${MAX_TEST_NUMBERS} numbers can be saved.`)
    .optional()
    .describe('In any form; without a country they are taken to be of `default_country`.'),
  default_country: countrySchema.nullish(),
  shortcuts_enabled: z.boolean().optional(),
  checklist_dismissed: z.boolean().optional(),
});

export type UpdateSettings = z.infer<typeof updateSettingsSchema>;

/** What was stored, made whole: what is missing or of another time has its default. */
export function parsePreferences(stored: unknown): Settings {
  return storedSchema.catch(storedSchema.parse({})).parse(stored);
}
