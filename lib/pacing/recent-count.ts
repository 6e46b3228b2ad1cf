/**
 * How many times something happened within about the last `spanMs`: the fuller of this span and the one before,
 * so that neither a look right after another nor the start of a span says too little. Pure: `now` is the
 * caller's monotonic ms.
 */
export class RecentCount {
  private span = -Infinity;
  private current = 0;
  private previous = 0;

  constructor(private readonly spanMs: number) {}

  add(now: number): void {
    this.turnTo(now);
    this.current += 1;
  }

  at(now: number): number {
    this.turnTo(now);
    return Math.max(this.current, this.previous);
  }

  private turnTo(now: number): void {
    const span = Math.floor(now / this.spanMs);
    if (span === this.span) return;
    this.previous = span === this.span + 1 ? this.current : 0;
    this.current = 0;
    this.span = span;
  }
}
