import { readClock, recordWindowWaits } from '@/lib/engine/window-waits';
import {
  hasHeld,
  holdClosed,
  rejudgeHeld,
  ROWS_A_LOOK,
  type HeldCampaign,
} from '@/lib/recipients/window-hold';
import { closedAt, type Closed } from '@/lib/send-window/closed';
import type { SendWindow } from '@/lib/send-window/schema';
import { isSameWindow } from '@/lib/send-window/words';
import { answered, every, type Loop } from './loop';

/** From one look at those who came to the queue to the next. */
const LOOK_MS = 400;
/** How often at most those who wait are counted, and how small a part of the time that may take. */
const COUNT_MS = 1_000;
const COUNT_SHARE = 0.05;
/** Before every id there is. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Keeps one campaign's people waiting while their sender's window is closed where they are. Works beside the claims and
 * ahead of them; costs nothing for a campaign whose sender has no window.
 */
export class WindowHold {
  /** For the claims; undefined: nobody is kept back. */
  closed: Closed | undefined;
  /** Whether it is this process that counts. */
  counts = false;
  private window: SendWindow | null = null;
  private isNew = true;
  /** The database's clock at a moment of this process's. */
  private clock = { at: 0, seenAt: 0 };
  /** How far the queue was looked at for those to keep back. */
  private lookedUpTo = 0;
  /** How far those who wait were judged anew after a change; null: all of them. */
  private judgedUpTo: string | null = null;
  private countAt = 0;
  private loop: Loop | undefined;

  constructor(private readonly campaign: HeldCampaign) {}

  /** What the sender's row says now; the first time it also looks whether anybody waits from before. */
  async set(window: SendWindow | null): Promise<void> {
    if (!this.isNew && isSameWindow(window, this.window)) return;
    const judges = this.window !== null || (await answered(hasHeld(this.campaign)));
    this.isNew = false;
    this.window = window;
    this.closed = undefined;
    if (judges) this.judgedUpTo = FIRST_ID;
    await this.refresh();
    if (window || judges) this.loop ??= every(LOOK_MS, () => this.round(), 'window');
    this.loop?.wake();
  }

  /** Whom the window keeps back now; must have ended before each claim. */
  async refresh(): Promise<void> {
    const { window, closed: before } = this;
    if (!window || (before && this.now() < before.validUntil)) return;
    const at = await answered(readClock());
    this.clock = { at, seenAt: performance.now() };
    if (this.window !== window) return;
    const closed = closedAt(window, at);
    const known = new Set(before?.prefixes);
    // Where it only opened, nobody further back in the queue has to be looked at again.
    if (closed.prefixes.some((prefix) => !known.has(prefix))) this.lookedUpTo = 0;
    this.closed = closed;
  }

  async stop(): Promise<void> {
    await this.loop?.stop();
  }

  private now(): number {
    return this.clock.at + performance.now() - this.clock.seenAt;
  }

  private async round(): Promise<number> {
    await this.refresh();
    const isBehind = [await this.judge(), await this.look()].some(Boolean);
    await this.count();
    return isBehind ? 0 : LOOK_MS;
  }

  /** Those who wait, by the window as it is now; says whether there are more. */
  private async judge(): Promise<boolean> {
    const { judgedUpTo: afterId, closed } = this;
    if (afterId === null) return false;
    const { looked, lastId } = await answered(rejudgeHeld({ ...this.campaign, closed, afterId }));
    // Changed meanwhile: it begins anew.
    if (this.judgedUpTo === afterId && this.closed === closed)
      this.judgedUpTo = looked < ROWS_A_LOOK ? null : lastId;
    return this.judgedUpTo !== null;
  }

  /** Those in the queue; says whether there are more. */
  private async look(): Promise<boolean> {
    const { closed, lookedUpTo: afterSeq } = this;
    if (!closed) return false;
    const { looked, lastSeq } = await answered(holdClosed({ ...this.campaign, closed, afterSeq }));
    if (this.closed === closed && this.lookedUpTo === afterSeq) this.lookedUpTo = lastSeq ?? afterSeq;
    return looked === ROWS_A_LOOK;
  }

  private async count(): Promise<void> {
    const begun = performance.now();
    if (!this.counts || begun < this.countAt) return;
    await answered(recordWindowWaits(this.campaign));
    const tookMs = performance.now() - begun;
    this.countAt = performance.now() + Math.max(COUNT_MS, tookMs / COUNT_SHARE);
  }
}
