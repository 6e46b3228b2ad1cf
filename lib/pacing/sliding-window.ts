/**
 * At most `limit` starts in any window: remembers the last `limit` start times in a ring. The second wall
 * behind the granted slots, for what a late timer or a paused process would crowd together. Pure: times are
 * the caller's monotonic milliseconds.
 */
export class SlidingWindow {
  private starts: Float64Array;
  private next = 0;

  constructor(
    private limit: number,
    private readonly windowMs: number,
  ) {
    this.starts = new Float64Array(limit).fill(-Infinity);
  }

  /** The earliest time a start is allowed; in the past or now when it is allowed now. */
  earliestStart(): number {
    return (this.starts[this.next] ?? -Infinity) + this.windowMs;
  }

  recordStart(now: number): void {
    this.starts[this.next] = now;
    this.next = (this.next + 1) % this.limit;
  }

  /** Changes the limit; the latest starts are kept. */
  resize(limit: number): void {
    if (limit === this.limit) return;
    const oldestFirst = [...this.starts.subarray(this.next), ...this.starts.subarray(0, this.next)];
    const kept = oldestFirst.slice(-limit);
    this.starts = new Float64Array(limit).fill(-Infinity);
    this.starts.set(kept, limit - kept.length);
    this.limit = limit;
    this.next = 0;
  }
}
