/** How long the past counts, ms: after a minute a twentieth of its weight is left. */
const MEMORY_MS = 20_000;
/** A rate from less than this is a guess, and is not shown. */
const ENOUGH_MS = 20_000;
const ENOUGH_COUNT = 200;
const BUCKET_MS = 2_000;
/** A minute. */
const BUCKETS = 30;

export interface RateReading {
  /** Messages a second; null: not known well enough yet. */
  perSecond: number | null;
  /** Messages a second of the last minute, oldest first, one each two seconds. */
  history: number[];
  /** Since the count last rose, ms. */
  idleMs: number;
}

/**
 * Messages a second from counts seen now and then: an average that forgets, and a minute's history. Pure: all
 * times are the caller's, ms.
 */
export class RateMeter {
  private last: { count: number; at: number } | undefined;
  private isLive = false;
  private firstAt = 0;
  private roseAt = 0;
  private seen = 0;
  private messages = 0;
  private spanMs = 0;
  private readonly buckets = new Map<number, number>();

  record(count: number, at: number): void {
    const { last } = this;
    this.last = { count, at };
    // The count a page is drawn with is older than the page: what came meanwhile must not count as sent in a moment.
    if (!last || !this.isLive) {
      this.isLive = last !== undefined && count !== last.count;
      if (!last || this.isLive) this.firstAt = this.roseAt = at;
      return;
    }
    // A retry takes the count back: that is no sending backwards.
    const added = Math.max(count - last.count, 0);
    const passedMs = Math.max(at - last.at, 0);
    const kept = Math.exp(-passedMs / MEMORY_MS);
    this.messages = this.messages * kept + added;
    this.spanMs = this.spanMs * kept + passedMs;
    if (added === 0) return;
    this.seen += added;
    this.roseAt = at;
    const bucket = Math.floor(at / BUCKET_MS);
    this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + added);
    for (const old of this.buckets.keys()) if (old < bucket - BUCKETS) this.buckets.delete(old);
  }

  read(at: number): RateReading {
    if (!this.last) return { perSecond: null, history: [], idleMs: 0 };
    const passedMs = Math.max(at - this.last.at, 0);
    const kept = Math.exp(-passedMs / MEMORY_MS);
    const spanMs = this.spanMs * kept + passedMs;
    const isEnough = spanMs > 0 && (at - this.firstAt >= ENOUGH_MS || this.seen >= ENOUGH_COUNT);
    return {
      perSecond: isEnough ? (this.messages * kept * 1000) / spanMs : null,
      history: this.historyUntil(at),
      idleMs: Math.max(at - this.roseAt, 0),
    };
  }

  /** Whole buckets only: the one that is filling would always look like a fall. */
  private historyUntil(at: number): number[] {
    const current = Math.floor(at / BUCKET_MS);
    const first = Math.max(current - BUCKETS, Math.floor(this.firstAt / BUCKET_MS));
    return Array.from(
      { length: Math.max(current - first, 0) },
      (_, i) => ((this.buckets.get(first + i) ?? 0) * 1000) / BUCKET_MS,
    );
  }
}
