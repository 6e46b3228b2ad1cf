/**
 * At most `limit` starts in any window: remembers the last `limit` start times in a ring. The wall behind the
 * granted slots, for what a late timer or a paused process would crowd together. Pure: times are the caller's
 * monotonic milliseconds.
 */
export class SlidingWindow {
  private starts = new Float64Array(0);
  private next = 0;
  private count = 0;
  private latest = -Infinity;

  constructor(private readonly windowMs: number) {}

  /** The earliest time a start is allowed; in the past or now when it is allowed now, never with a limit of 0. */
  earliestStart(): number {
    return (this.starts[this.next] ?? Infinity) + this.windowMs;
  }

  /** How many starts are allowed until `time`, none made meanwhile; looks no further than `atMost`. */
  allowedUntil(time: number, atMost = Infinity): number {
    const most = Math.min(atMost, this.starts.length);
    let allowed = 0;
    while (allowed < most && this.at(allowed) + this.windowMs <= time) allowed += 1;
    return allowed;
  }

  /** Returns what names this start for `amendStart`. */
  recordStart(at: number): number {
    this.latest = at;
    this.count += 1;
    if (this.starts.length === 0) return this.count;
    this.starts[this.next] = at;
    this.next = (this.next + 1) % this.starts.length;
    return this.count;
  }

  /** The start happened at another time than recorded. One that is out of the ring already is left alone. */
  amendStart(name: number, at: number): void {
    const back = this.count - name + 1;
    if (back <= this.starts.length)
      this.starts[(this.next - back + this.starts.length) % this.starts.length] = at;
  }

  /** When the last start was recorded. */
  latestStart(): number {
    return this.latest;
  }

  /** Changes the limit; the latest starts are kept. */
  resize(limit: number): void {
    if (limit === this.starts.length) return;
    const oldestFirst = Array.from(this.starts, (_, i) => this.at(i));
    const kept = limit === 0 ? [] : oldestFirst.slice(-limit);
    this.starts = new Float64Array(limit).fill(-Infinity);
    this.starts.set(kept, limit - kept.length);
    this.next = 0;
  }

  private at(i: number): number {
    return this.starts[(this.next + i) % this.starts.length] ?? Infinity;
  }
}
