import type { Ledger } from './ledger';

export interface LedgerSummary {
  posts: number;
  accepted: number;
  /** By Graph's error code; "0" for those that got no Graph error (500, 502, lost). */
  refused: Record<string, number>;
  answers: Record<string, number>;
  /** Recipients whose messages were taken more than once, the first 100 of them. */
  duplicates: { to: string; accepted: number }[];
  duplicate_recipients: number;
  /** POSTs taken whose callback data had been taken before: the same attempt sent twice. */
  duplicate_callback_data: number;
  /** Most requests that began within any one second, and when that second began (milliseconds since 1970). */
  busiest_second: { count: number; from: number | null };
  first_at: number | null;
  last_at: number | null;
  overflow: number;
}

/**
 * Most values within any half-open window, exactly: a window that begins at a value is as good as any other.
 * `times` must be sorted.
 */
export function busiestWindow(times: Float64Array, windowMs: number): { count: number; from: number | null } {
  let best = 0;
  let from: number | null = null;
  let end = 0;
  for (let start = 0; start < times.length; start++) {
    const begin = times[start] ?? 0;
    while (end < times.length && (times[end] ?? 0) < begin + windowMs) end++;
    if (end - start > best) {
      best = end - start;
      from = begin;
    }
  }
  return { count: best, from };
}

/** 53 bits: among two million values a chance meeting has odds of about 1 in 4,000. */
function hashText(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2_654_435_761);
    b = Math.imul(b ^ unit, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0);
}

/** Runs of equal values in a sorted array, longer than one. */
function* repeats(sorted: Float64Array): Generator<{ value: number; count: number }> {
  let start = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue;
    if (i - start > 1) yield { value: sorted[start] ?? 0, count: i - start };
    start = i;
  }
}

export function summarizeLedger(ledger: Ledger, numberId?: string): LedgerSummary {
  const times: number[] = [];
  const recipients: number[] = [];
  const data: number[] = [];
  const refused: Record<string, number> = {};
  const answers: Record<string, number> = {};
  ledger.scan(numberId, (row, { at, to, sequence }) => {
    times.push(at);
    const entry = ledger.read(row);
    answers[entry.answer] = (answers[entry.answer] ?? 0) + 1;
    if (sequence === 0) {
      refused[entry.code] = (refused[entry.code] ?? 0) + 1;
      return;
    }
    recipients.push(to);
    if (entry.biz_opaque_callback_data !== null) data.push(hashText(entry.biz_opaque_callback_data));
  });
  const sortedTimes = Float64Array.from(times).sort();
  const twice = [...repeats(Float64Array.from(recipients).sort())];
  let repeatedData = 0;
  for (const { count } of repeats(Float64Array.from(data).sort())) repeatedData += count - 1;
  return {
    posts: times.length,
    accepted: recipients.length,
    refused,
    answers,
    duplicates: twice.slice(0, 100).map(({ value, count }) => ({ to: String(value), accepted: count })),
    duplicate_recipients: twice.length,
    duplicate_callback_data: repeatedData,
    busiest_second: busiestWindow(sortedTimes, 1000),
    first_at: sortedTimes[0] ?? null,
    last_at: sortedTimes.at(-1) ?? null,
    overflow: ledger.overflow,
  };
}
