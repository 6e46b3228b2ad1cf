/**
 * WhatsApp's word on the price of a message (`statuses[].pricing`) as it is kept with the recipient and counted
 * (browser-safe): `b regular marketing`, `f free_customer_service utility`. What was said in its own words is kept
 * in them, so that a category that Meta makes up tomorrow is counted under its name.
 */
export interface Pricing {
  billable: boolean;
  /** regular, free_customer_service, free_entry_point; `unspecified` where WhatsApp named none. */
  type: string;
  /** marketing, utility, authentication, service, marketing_lite, … */
  category: string;
  /** PMP: by the message. CBP, until 2025: by the conversation, so that no message has a price of its own. */
  model: string;
}

const WORD = /^[a-z][a-z_]{0,39}$/;
const USUAL_MODEL = 'pmp';

/** Reads the object of a status as the text that is kept; null where it says nothing that could be counted. */
export function readPricing(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { billable, category, type, pricing_model: model } = raw as Record<string, unknown>;
  const words = { category: wordOf(category), type: wordOf(type), model: wordOf(model) };
  if (typeof billable !== 'boolean' || words.category === null) return null;
  return formatPricing({
    billable,
    category: words.category,
    type: words.type ?? 'unspecified',
    model: words.model ?? USUAL_MODEL,
  });
}

/** One text for one meaning: counters are kept by it. */
export function formatPricing({ billable, type, category, model }: Pricing): string {
  const words = [billable ? 'b' : 'f', type, category, ...(model === USUAL_MODEL ? [] : [model])];
  return words.join(' ');
}

/** The other way round. */
export function parsePricing(text: string): Pricing {
  const [sign, type = 'unspecified', category = 'unspecified', model = USUAL_MODEL] = text.split(' ');
  return { billable: sign === 'b', type, category, model };
}

/** What was said of the attempts of one recipient, oldest first: `1 b regular marketing,2 b regular marketing`. */
export function parsePriced(priced: string | null): { attempt: number; pricing: Pricing }[] {
  if (priced === null) return [];
  return priced
    .split(',')
    .map((entry) => {
      const space = entry.indexOf(' ');
      return { attempt: Number(entry.slice(0, space)), pricing: parsePricing(entry.slice(space + 1)) };
    })
    .sort((a, b) => a.attempt - b.attempt);
}

function wordOf(value: unknown): string | null {
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return WORD.test(word) ? word : null;
}
