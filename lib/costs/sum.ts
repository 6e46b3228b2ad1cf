import { placeOf } from './country';
import { fromMicros, sumByCurrency, toMicros } from './money';
import type { CostLine, CostSum, Rate } from './schema';

/** So many messages of one kind to one country. */
export interface Counted {
  country: string | null;
  /** null: not known any more. */
  callingCode: number | null;
  category: string;
  billable: boolean;
  /** WhatsApp's word on why it is free or not; null before sending. */
  type: string | null;
  /** Billed by the conversation: no message has a price of its own. */
  byConversation: boolean;
  messages: number;
}

export type RateOf = Pick<Rate, 'country' | 'category' | 'currency' | 'amount' | 'valid_from'>;

/** The rates in force on `day` (2026-01-31), by country and category: each time the latest that has begun. */
export function ratesOn(rates: readonly RateOf[], day: string): Map<string, RateOf> {
  const found = new Map<string, RateOf>();
  for (const rate of rates) {
    if (rate.valid_from > day) continue;
    const key = keyOf(rate.country, rate.category);
    const earlier = found.get(key);
    if (!earlier || earlier.valid_from < rate.valid_from) found.set(key, rate);
  }
  return found;
}

/**
 * What the counted messages cost by the rates of `day`: people × rate, to the last millionth (browser-safe). What has
 * no rate is named and in no total; nothing is guessed from another country or category, and no volume tier is taken.
 */
export function sumCosts(counted: readonly Counted[], rates: readonly RateOf[], day: string): CostSum {
  const inForce = ratesOn(rates, day);
  const lines = merge(counted)
    .map((each) => toLine(each, inForce))
    .sort((a, b) => b.messages - a.messages || (a.country_name < b.country_name ? -1 : 1));
  const priced = lines.flatMap(({ rate, amount, messages }) =>
    rate && amount !== null ? [{ ...rate, micros: BigInt(messages) * toMicros(rate.amount) }] : [],
  );
  const count = (of: (line: CostLine) => boolean) =>
    lines.filter(of).reduce((sum, { messages }) => sum + messages, 0);
  return {
    on: day,
    lines,
    totals: sumByCurrency(priced),
    billed: count(({ billable }) => billable),
    free: count(({ billable }) => !billable),
    unknown: count(({ billable, amount }) => billable && amount === null),
    rates_of: priced.reduce<string | null>(
      (newest, { valid_from }) => (newest === null || newest < valid_from ? valid_from : newest),
      null,
    ),
  };
}

function toLine(counted: ReturnType<typeof merge>[number], inForce: Map<string, RateOf>): CostLine {
  const { country, country_name, category, billable, type, byConversation, messages } = counted;
  const line = { country, country_name, category, billable, type, messages };
  const without = (reason: CostLine['no_amount']): CostLine => ({
    ...line,
    rate: null,
    amount: null,
    no_amount: reason,
  });
  if (!billable) return without('free');
  if (byConversation) return without('by_conversation');
  if (country === null) return without('no_country');
  const rate = inForce.get(keyOf(country, category));
  if (!rate) return without('no_rate');
  const { currency, amount, valid_from } = rate;
  return {
    ...line,
    rate: { currency, amount: fromMicros(toMicros(amount)), valid_from },
    amount: fromMicros(BigInt(messages) * toMicros(amount)),
    no_amount: null,
  };
}

/** One line for one meaning: an old campaign's rows know less of their country than a new one's. */
function merge(counted: readonly Counted[]) {
  const lines = new Map<string, Omit<Counted, 'country' | 'callingCode'> & ReturnType<typeof placeOf>>();
  for (const { country, callingCode, ...rest } of counted) {
    const place = placeOf(country, callingCode);
    const key = [place.country_name, rest.category, rest.billable, rest.type, rest.byConversation].join('|');
    const line = lines.get(key) ?? { ...rest, ...place, messages: 0 };
    lines.set(key, { ...line, messages: line.messages + rest.messages });
  }
  return [...lines.values()].filter(({ messages }) => messages > 0);
}

function keyOf(country: string, category: string): string {
  return `${country} ${category}`;
}

/** The day of a moment in UTC, as rates are dated. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** A template's category as its rates are called. */
export function categoryOf(templateCategory: string): string {
  return templateCategory.toLowerCase();
}

/** So large a part of the people is sent messages of a category; only the proportion counts. */
export interface CategoryPart {
  category: string;
  weight: number;
}

/**
 * A list that is not sent yet, as `sumCosts` takes it: no message is known to be free before WhatsApp says so. Of a test
 * with messages of several categories each country is split as all of them are, and the sums are right to one person.
 */
export function asCounted(
  people: readonly { country: string | null; callingCode: number | null; people: number }[],
  parts: readonly CategoryPart[],
): Counted[] {
  const merged = new Map<string, number>();
  for (const { category, weight } of parts) merged.set(category, (merged.get(category) ?? 0) + weight);
  const categories = [...merged.keys()];
  const split = splitter([...merged.values()]);
  return people.flatMap(({ country, callingCode, people: messages }) =>
    split(messages).map((count, i) => ({
      country,
      callingCode,
      category: categories[i] ?? 'unspecified',
      billable: true,
      type: null,
      byConversation: false,
      messages: count,
    })),
  );
}

/** Splits counts by weights, one after the other; what rounding takes from one part of a count the next one gets back. */
function splitter(weights: readonly number[]): (count: number) => number[] {
  const asked = weights.map(() => 0);
  const given = weights.map(() => 0);
  return (count) => {
    let rest = count;
    return weights.map((weight, i) => {
      const ofRest = weights.slice(i).reduce((sum, each) => sum + each, 0);
      const all = (asked[i] ?? 0) + rest;
      const upTo = i === weights.length - 1 ? all : Math.round(ofRest === 0 ? 0 : (all * weight) / ofRest);
      const part = upTo - (given[i] ?? 0);
      [asked[i], given[i]] = [all, upTo];
      rest -= part;
      return part;
    });
  };
}
