const PAIR_EMISSION_MS = 6000;
const PAIR_BURST = 45;
/** A bucket is full again, and can be forgotten, once its time has come. */
const SWEEP_SCAN = 1000;

/** Throughput of one number: one second's worth in hand, refilled evenly. Times are monotonic milliseconds. */
export class TokenBucket {
  private tokens: number;
  private refilledAt = 0;

  constructor(private perSecond: number) {
    this.tokens = perSecond;
  }

  setRate(perSecond: number): void {
    this.perSecond = perSecond;
    this.tokens = Math.min(this.tokens, perSecond);
  }

  take(nowMs: number): boolean {
    const capacity = Math.max(1, this.perSecond);
    const refill = ((nowMs - this.refilledAt) / 1000) * this.perSecond;
    this.tokens = Math.min(capacity, this.tokens + refill);
    this.refilledAt = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}

const DAY_MS = 24 * 3_600_000;

/** People that all numbers of a business portfolio have written to within 24 hours. Times are monotonic milliseconds. */
export class DailyPeople {
  /** When each was written to last, the longest ago first. */
  private readonly lastAt = new Map<number, number>();

  /** Whether one more may be written to; who was within the day may always. */
  take(waId: string, most: number, nowMs: number): boolean {
    for (const [person, at] of this.lastAt) {
      if (at > nowMs - DAY_MS) break;
      this.lastAt.delete(person);
    }
    const person = Number(waId);
    if (!this.lastAt.has(person) && this.lastAt.size >= most) return false;
    this.lastAt.delete(person);
    this.lastAt.set(person, nowMs);
    return true;
  }

  /** Those of another portfolio count here from now on. */
  join(others: DailyPeople): void {
    const all = [...this.lastAt, ...others.lastAt].sort(([, a], [, b]) => a - b);
    this.lastAt.clear();
    for (const [person, at] of all) {
      this.lastAt.delete(person);
      this.lastAt.set(person, at);
    }
  }
}

/** What a tier allows; null: any number, also for a tier that is not one. */
export function peopleOfTier(tier: string): number | null {
  const [, digits, thousands] = /^TIER_(\d+)(K)?$/.exec(tier) ?? [];
  return digits === undefined ? null : Number(digits) * (thousands ? 1000 : 1);
}

/** One message per 6 s to one person, up to 45 of them at once borrowed from later. */
export class PairLimits {
  private readonly fullAt = new Map<number, number>();

  get size(): number {
    return this.fullAt.size;
  }

  take(waId: string, nowMs: number): boolean {
    const person = Number(waId);
    const fullAt = Math.max(this.fullAt.get(person) ?? 0, nowMs);
    if (fullAt - nowMs > (PAIR_BURST - 1) * PAIR_EMISSION_MS) return false;
    this.fullAt.delete(person);
    this.fullAt.set(person, fullAt + PAIR_EMISSION_MS);
    return true;
  }

  /** Forgets who could write a full burst again; oldest first, so it ends early. */
  sweep(nowMs: number): void {
    let kept = 0;
    for (const [person, fullAt] of this.fullAt) {
      if (fullAt <= nowMs) this.fullAt.delete(person);
      else if (++kept >= SWEEP_SCAN) return;
    }
  }
}
