import { WINDOW_MS } from '@/lib/pacing/constants';
import { Share, type Standing } from '@/lib/pacing/share';
import { SlidingWindow } from '@/lib/pacing/sliding-window';

/** Nobody's window reaches back this far. */
const FORGET_AFTER_MS = 10_000;

/** This process's part of one limit, of a campaign or of a sender, and the starts it has made under it. */
export class Limit {
  readonly window = new SlidingWindow(WINDOW_MS);
  private share = new Share();
  private incarnation = '';

  /**
   * `rate`: messages a second, of all processes together. `incarnation`: whose standing it is. With a lease its
   * share is gone, and the others use it: who comes back under a new one waits for it like any newcomer.
   */
  update(rate: number, standing: Standing, incarnation: string): void {
    const now = performance.now();
    if (incarnation !== this.incarnation) this.share = new Share();
    this.incarnation = incarnation;
    this.share.update(standing, now);
    this.window.resize(this.share.of(Math.floor(rate), now));
  }
}

/** The limits this process works under, by the campaign's or sender's id; they outlive a pause and a resume. */
export class Limits {
  private readonly limits = new Map<string, Limit>();

  of(id: string): Limit {
    let limit = this.limits.get(id);
    if (!limit) this.limits.set(id, (limit = new Limit()));
    return limit;
  }

  /** Drops those of `ids` nobody uses and under which nothing has started for a while. */
  forgetAllBut(ids: Set<string>): void {
    const since = performance.now() - FORGET_AFTER_MS;
    for (const [id, { window }] of this.limits)
      if (!ids.has(id) && window.latestStart() < since) this.limits.delete(id);
  }
}
