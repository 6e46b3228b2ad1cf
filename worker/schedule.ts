import { MAX_LATENESS_MS, UNWRITTEN_MS } from '@/lib/pacing/constants';
import type { SlidingWindow } from '@/lib/pacing/sliding-window';
import type { ClaimedRecipient } from '@/lib/recipients/claim';

/** Starts handed over before other work gets its turn: at full speed a turn each would cost more than a send. */
const STARTS_A_TURN = 16;

/** A recipient this process holds, and the incarnation it was claimed under. */
export interface Held {
  recipient: ClaimedRecipient;
  workerId: string;
}

interface Slotted extends Held {
  /** When it may start, monotonic ms. */
  slotAt: number;
}

/**
 * The recipients in hand and their slots. Each starts at its slot, later when this process's window is full, and
 * is carried over without a slot when it would be too late.
 */
export class Schedule {
  private readonly slotted: Slotted[] = [];
  private carried: Held[] = [];
  private timer: NodeJS.Timeout | undefined;
  private immediate: NodeJS.Immediate | undefined;

  constructor(
    private readonly windows: SlidingWindow[],
    /** Called at the slot; must come back through `beginStart` when it could not start at once. */
    private readonly onSlot: (held: Held, slotAt: number) => void,
  ) {}

  get size(): number {
    return this.slotted.length + this.carried.length;
  }

  get carriedCount(): number {
    return this.carried.length;
  }

  /** Gives `slots` slots from `firstSlotAt` on to the carried ones first, then to the new ones. */
  add(claimed: Held[], grant: { slots: number; firstSlotAt: number; spacingMs: number }): void {
    const all = [...this.carried, ...claimed];
    this.carried = all.slice(grant.slots);
    for (const [i, { recipient, workerId }] of all.slice(0, grant.slots).entries())
      this.slotted.push({ recipient, workerId, slotAt: grant.firstSlotAt + i * grant.spacingMs });
    this.pump();
  }

  /** Puts back one that could not start in time. */
  carry(held: Held): void {
    this.carried.push(held);
  }

  /** Hands everything out, to be released. */
  takeAll(): Held[] {
    clearTimeout(this.timer);
    clearImmediate(this.immediate);
    const all = [...this.slotted.splice(0), ...this.carried];
    this.carried = [];
    return all;
  }

  /**
   * Null when a start now would miss its slot or crowd a window. Else it is counted, and what is returned must
   * be called when the request is written, or has ended unwritten: that is the time that counts.
   */
  beginStart(slotAt: number): (() => void) | null {
    const now = performance.now();
    if (now > slotAt + MAX_LATENESS_MS) return null;
    if (this.windows.some((window) => window.earliestStart() > now)) return null;
    const names = this.windows.map((window) => window.recordStart(now + UNWRITTEN_MS));
    let isWritten = false;
    return () => {
      if (isWritten) return;
      isWritten = true;
      const at = performance.now();
      for (const [i, window] of this.windows.entries()) window.amendStart(names[i] ?? 0, at);
      this.pump();
    };
  }

  /** Counts a start that is none: what was under way until now may have reached the other side only now. */
  countPhantomStart(): void {
    for (const window of this.windows) window.recordStart(performance.now());
  }

  /** Hands over what is due and allowed. Starts are counted in the windows as they happen, right after this turn. */
  private pump(): void {
    clearTimeout(this.timer);
    clearImmediate(this.immediate);
    const now = performance.now();
    const allowed = Math.min(...this.windows.map((window) => window.allowedUntil(now, STARTS_A_TURN)));
    let handed = 0;
    for (; handed < allowed && (this.slotted[0]?.slotAt ?? Infinity) <= now; handed += 1) {
      const head = this.slotted.shift();
      if (!head) break;
      if (now > head.slotAt + MAX_LATENESS_MS) this.carried.push(head);
      else this.onSlot(head, head.slotAt);
    }
    const next = this.slotted[0];
    if (!next) return;
    const due = Math.max(next.slotAt, ...this.windows.map((window) => window.earliestStart()));
    if (handed > 0 || due <= now) this.immediate = setImmediate(() => this.pump());
    else this.timer = setTimeout(() => this.pump(), due - now);
  }
}
