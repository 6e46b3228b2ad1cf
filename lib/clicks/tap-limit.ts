const WINDOW_MS = 60_000;
/** Nobody taps one link more often in a minute; a program that holds a link must not load the database with it. */
const MAX_IN_WINDOW = 30;
/** Links remembered at once; beyond that all are forgotten, which lets through rather than keeps out. */
const MAX_LINKS = 50_000;

/** How often one link may be opened, in this process. */
export class TapLimit {
  private counts = new Map<string, number>();
  private since = 0;

  allows(token: string, nowMs: number): boolean {
    if (nowMs - this.since >= WINDOW_MS || this.counts.size >= MAX_LINKS) {
      this.counts = new Map();
      this.since = nowMs;
    }
    const count = (this.counts.get(token) ?? 0) + 1;
    this.counts.set(token, count);
    return count <= MAX_IN_WINDOW;
  }
}
