import { HANDOVER_MS } from './constants';

/** Where this process stands among those that share a limit. */
export interface Standing {
  /** 0 for the oldest. Those whose rank is not below `participants` have no share. */
  rank: number;
  participants: number;
}

const NOTHING: Standing = { rank: 0, participants: Infinity };

/** This process's part of a limit; the parts of all add up to it. */
export function partOf(limit: number, { rank, participants }: Standing): number {
  if (rank >= participants || participants === Infinity) return 0;
  return Math.floor(limit / participants) + (rank < limit % participants ? 1 : 0);
}

/**
 * A share that shrinks at once and grows only after the hand-over time, so that the shares in use never add up
 * to more than the limit, although the processes look at different moments. Pure: `now` is monotonic ms.
 */
export class Share {
  private inForce = NOTHING;
  private wanted = NOTHING;
  private wantedSince = -Infinity;
  private known = false;

  /** What the last look at the live processes said. */
  update(standing: Standing, now: number): void {
    if (!this.known && standing.participants === 1) this.inForce = standing;
    this.known = true;
    if (standing.rank === this.wanted.rank && standing.participants === this.wanted.participants) return;
    this.wanted = standing;
    this.wantedSince = now;
  }

  /** How much of `limit` may be used now. */
  of(limit: number, now: number): number {
    const before = partOf(limit, this.inForce);
    const after = partOf(limit, this.wanted);
    if (after > before && now - this.wantedSince < HANDOVER_MS) return before;
    this.inForce = this.wanted;
    return after;
  }
}
