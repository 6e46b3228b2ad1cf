import type { CountryCode } from 'libphonenumber-js/min';
import { z } from 'zod';
import { AppError, type Issue } from '@/lib/errors';
import { OPT_OUT_KEYS, type OptOutKey } from '@/lib/opt-outs/columns';
import { optOutReasonSchema } from '@/lib/opt-outs/schema';
import { parseCountry } from '@/lib/recipients/phone';

export interface OptOutImportFields {
  default_country?: CountryCode;
  /** For the rows without one of their own. */
  reason?: string;
  mapping?: Partial<Record<OptOutKey, string>>;
}

/** A form leaves out what was not filled as an empty text. */
const filled = (text: string) => (text.trim() === '' ? undefined : text.trim());

const country = z.string().transform((text, context) => {
  const known = parseCountry(text);
  if (known) return known;
  context.addIssue({ code: 'custom', message: 'Must be a country of ISO 3166, two letters: US, GB, IN.' });
  return z.NEVER;
});

const NO_MAPPING =
  'Must be a JSON object of column names, like {"phone_number": "Mobile"}; it may also name country_code and reason.';

const mapping = z.string().transform((text, context) => {
  const shape = z.partialRecord(z.enum(OPT_OUT_KEYS), z.string().min(1));
  const parsed = shape.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: NO_MAPPING });
  return z.NEVER;
});

/** The form's fields beside `file`; all of them arrive as text. */
const fieldsSchema = z.strictObject({
  default_country: z.string().transform(filled).pipe(country.optional()).optional(),
  reason: z.string().transform(filled).pipe(optOutReasonSchema.optional()).optional(),
  mapping: z.string().transform(filled).pipe(mapping.optional()).optional(),
});

/** Throws 422 naming each field that is wrong. */
export function parseImportFields(fields: Record<string, string>): OptOutImportFields {
  const parsed = fieldsSchema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap((issue): Issue[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((path) => ({ path, message: 'This field is not known here; leave it out.' }))
      : [{ path: issue.path.map(String).join('.'), message: issue.message }],
  );
  const message =
    issues.length === 1 && issues[0]
      ? `${issues[0].path}: ${issues[0].message}`
      : `${issues.length} fields of the form are not valid; see issues.`;
  throw new AppError('invalid', 'validation_failed', message, { issues });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
