const SLOT_MS = 5;

/**
 * Many thousands of things to do later, with one timer: a slot holds everything due within 5 ms. Times are
 * monotonic milliseconds.
 */
export class TimingWheel<T> {
  private readonly slots = new Map<number, T[]>();
  private next = Math.floor(performance.now() / SLOT_MS);
  private timer: NodeJS.Timeout | undefined;
  private waiting = 0;

  constructor(private readonly run: (item: T) => void) {}

  get size(): number {
    return this.waiting;
  }

  schedule(item: T, atMs: number): void {
    if (this.waiting === 0) this.next = Math.floor(performance.now() / SLOT_MS);
    const slot = Math.max(Math.ceil(atMs / SLOT_MS), this.next);
    const items = this.slots.get(slot);
    if (items) items.push(item);
    else this.slots.set(slot, [item]);
    this.waiting += 1;
    this.timer ??= setInterval(() => this.tick(), SLOT_MS);
  }

  /** Drops everything for which `doomed` holds. */
  discard(doomed: (item: T) => boolean): void {
    for (const [slot, items] of this.slots) {
      const kept = items.filter((item) => !doomed(item));
      this.waiting -= items.length - kept.length;
      this.slots.set(slot, kept);
    }
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.slots.clear();
    this.waiting = 0;
  }

  private tick(): void {
    const now = Math.floor(performance.now() / SLOT_MS);
    for (; this.next <= now && this.waiting > 0; this.next++) {
      const items = this.slots.get(this.next);
      if (!items) continue;
      this.slots.delete(this.next);
      this.waiting -= items.length;
      for (const item of items) this.run(item);
    }
    if (this.waiting > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
