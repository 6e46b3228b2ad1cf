/**
 * Amounts of money (browser-safe): decimals as text outside, whole millionths inside. A binary fraction would turn a
 * million times 0.0137 into something else.
 */

const SCALE = 6;
const UNIT = 10n ** BigInt(SCALE);
const DECIMAL = /^(0|[1-9]\d{0,5})(\.\d{1,6})?$/;

/** Whether it is an amount as `toMicros` takes it: up to 999999.999999, nothing negative. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** `0.0137` in millionths. Throws what is no amount. */
export function toMicros(text: string): bigint {
  if (!isDecimal(text)) throw new RangeError(`${text} is not an amount.`);
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole) * UNIT + BigInt(fraction.padEnd(SCALE, '0'));
}

/** Millionths as the shortest decimal: `0.0137`, `12`. */
export function fromMicros(micros: bigint): string {
  const fraction = String(micros % UNIT)
    .padStart(SCALE, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(micros / UNIT) : `${micros / UNIT}.${fraction}`;
}

export interface Money {
  currency: string;
  /** Decimal. */
  amount: string;
}

/** One sum a currency, by its code: amounts of different currencies are never added up. */
export function sumByCurrency(parts: readonly { currency: string; micros: bigint }[]): Money[] {
  const sums = new Map<string, bigint>();
  for (const { currency, micros } of parts) sums.set(currency, (sums.get(currency) ?? 0n) + micros);
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, micros]) => ({ currency, amount: fromMicros(micros) }));
}

/** Digits after the point that are always there. */
const USUAL_DIGITS = 2;

/** `USD 1,204.50`, `EUR 0.0137`: no digit is rounded away, for a rate lives from its last ones. */
export function moneyWords({ currency, amount }: Money): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${currency} ${grouped}.${fraction.padEnd(USUAL_DIGITS, '0')}`;
}
