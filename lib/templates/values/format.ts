import { z } from 'zod';

/** How a value of the text is to be read, where it is more than words; its mapping says so. */
export const valueFormatSchema = z.discriminatedUnion('type', [
  /** ISO 4217, for amounts without a code of their own. */
  z.strictObject({ type: z.literal('currency'), code: z.string().regex(/^[A-Z]{3}$/) }),
  z.strictObject({ type: z.literal('date_time') }),
]);

export type ValueFormat = z.infer<typeof valueFormatSchema>;

/** Parameter key → its format; a key that is missing is words. */
export type ValueFormats = Readonly<Record<string, ValueFormat>>;

/** An amount as WhatsApp takes it: in the currency's thousandths, and in words. */
export interface Amount {
  code: string;
  thousandths: number;
}

/** WhatsApp keeps it in 32 bits. */
const MOST_THOUSANDTHS = 2_147_483_647;
const CODE = /^([A-Z]{3})\s?|\s?([A-Z]{3})$/;
const SIGN = /^[$€£¥₹]\s?|\s?[$€£¥₹]$/;
const NUMBER =
  /^-?\d{1,3}(?:([.,' ’\u00a0\u202f])\d{3}(?:\1\d{3})*)?(?:[.,]\d{1,2})?$|^-?\d+(?:[.,]\d{1,2})?$/;

/**
 * An amount as lists write it: `84.50`, `1,234.50`, `1.234,50 €`, `EUR 84`. One or two digits after the last point
 * or comma are cents, three are thousands. Null for anything else.
 */
export function parseAmount(text: string, defaultCode: string): Amount | null {
  const own = CODE.exec(text);
  const bare = text.replace(CODE, '').replace(SIGN, '').trim();
  if (!NUMBER.test(bare)) return null;
  const [, whole = '', cents = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(bare) ?? [];
  const amount = Number(`${whole.replace(/[^\d-]/g, '')}.${cents.padEnd(2, '0')}`);
  const thousandths = Math.round(amount * 1000);
  if (!Number.isFinite(amount) || Math.abs(thousandths) > MOST_THOUSANDTHS) return null;
  return { code: own?.[1] ?? own?.[2] ?? defaultCode, thousandths };
}

/** Writes amounts and dates as readers of one language expect them; made once, used for every message. */
export interface ValueWriter {
  amount: (amount: Amount) => string;
  /** An ISO date or date-time in words; what is neither stays as it is. */
  dateTime: (text: string) => string;
}

const ISO_DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?(?:\.\d+)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

export function valueWriter(language: string): ValueWriter {
  const locale = localeOf(language);
  const currencies = new Map<string, Intl.NumberFormat>();
  // The hour is written as the list has it: whose clock that is, the list knows and we do not.
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const both = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return {
    amount: ({ code, thousandths }) => {
      let format = currencies.get(code);
      if (!format)
        currencies.set(code, (format = new Intl.NumberFormat(locale, { style: 'currency', currency: code })));
      return format.format(thousandths / 1000);
    },
    dateTime: (text) => {
      const [, day, time] = ISO_DATE.exec(text) ?? [];
      const moment = Date.parse(`${day}T${time ?? '00:00'}Z`);
      return Number.isNaN(moment) ? text : (time ? both : date).format(moment);
    },
  };
}

/** Meta's `en_US` is `en-US` elsewhere; one that nobody knows reads as English. */
function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language.replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** What a person will read: the values with amounts and dates written out (browser-safe). */
export function shownValues(
  params: Readonly<Record<string, string>>,
  formats: ValueFormats,
  language: string,
): Readonly<Record<string, string>> {
  const keys = Object.keys(formats).filter((key) => params[key] !== undefined);
  if (keys.length === 0) return params;
  const writer = valueWriter(language);
  const written = keys.map((key): [string, string] => {
    const [value = '', format] = [params[key], formats[key]];
    if (format?.type === 'date_time') return [key, writer.dateTime(value)];
    const amount = format && parseAmount(value, format.code);
    return [key, amount ? writer.amount(amount) : value];
  });
  return { ...params, ...Object.fromEntries(written) };
}
