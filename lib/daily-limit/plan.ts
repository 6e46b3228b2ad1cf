// The arithmetic of a daily limit, pure and browser-safe. A limit is one of people within any 24 hours, so each place
// of it comes back a day after it was used.

export interface Quota {
  /** People within 24 hours. */
  limit: number;
  /** Those of the last 24 hours. */
  used: number;
}

/** How many more people may be written to now. */
export function leftOf({ limit, used }: Quota): number {
  return Math.max(limit - used, 0);
}

export interface DayPlan {
  today: number;
  rest: number;
  /** How many more days the rest takes. */
  days: number;
}

/** How so many people spread over days: as many today as are left, then a limit's worth each day. */
export function planOf(people: number, quota: Quota): DayPlan {
  const today = Math.min(people, leftOf(quota));
  const rest = people - today;
  return { today, rest, days: Math.ceil(rest / Math.max(quota.limit, 1)) };
}

/** Whose place somebody who waits gets: that of an entry of the ledger, and after how many more days. */
export interface Place {
  /** Place in the ledger, oldest first, from 0; null: of somebody who is written to only now. */
  entry: number | null;
  days: number;
}

/** The place that the nth of those who wait gets, n from 1; those who need not wait have gone before. */
export function placeOf(n: number, { limit, used }: Quota): Place {
  const each = Math.max(limit, 1);
  // A limit that was lowered: as many must fall out before the first place is free.
  const over = Math.max(used - limit, 0);
  const entry = over + ((n - 1) % each);
  return { entry: entry < used ? entry : null, days: Math.floor((n - 1) / each) };
}
