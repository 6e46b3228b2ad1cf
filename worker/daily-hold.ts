import { openLedger, releasePlaces, RELEASED_AT_ONCE } from '@/lib/daily-limit/ledger';
import { readDailyLimit, type DailyLimit } from '@/lib/daily-limit/use';
import { forgetDailyWaits, recordDailyWaits } from '@/lib/engine/daily-waits';
import type { Claim } from '@/lib/recipients/claim';
import type { HeldCampaign } from '@/lib/recipients/window-hold';
import { answered, every, type Loop } from './loop';

/** How often the limit is read again and places are freed; and how long nobody new is looked for once all is used. */
const ROUND_MS = 1_000;
/** How often at most those who wait are counted, and how small a part of the time that may take. */
const COUNT_MS = 1_000;
const COUNT_SHARE = 0.05;

/**
 * Keeps one campaign to the daily limit of its sender's portfolio: tells the claims of it, frees the places whose day
 * is over, and counts who waits. Costs nothing for a campaign whose sender has no limit.
 */
export class DailyHold {
  /** Whether it is this process that counts. */
  counts = false;
  private limit: DailyLimit | undefined;
  private isNew = true;
  /** Nobody was left to send to but whom the limit keeps back: until then none of them is looked for. */
  private idleUntil = 0;
  private countAt = 0;
  private loop: Loop | undefined;

  constructor(private readonly campaign: HeldCampaign) {}

  /** What the sender's row says now; null: no limit. */
  async set(limit: DailyLimit | null): Promise<void> {
    const before = this.limit;
    if (limit && limit.portfolio !== before?.portfolio)
      await answered(openLedger({ ...this.campaign, portfolio: limit.portfolio }));
    this.limit = limit ?? undefined;
    const { limit: most, portfolio, revision } = limit ?? {};
    if (most !== before?.limit || portfolio !== before?.portfolio || revision !== before?.revision)
      this.idleUntil = 0;
    // Also at first: the words of a process that ended meanwhile may still be there.
    if (!limit && (before || this.isNew)) await answered(forgetDailyWaits(this.campaign));
    this.isNew = false;
    if (limit) this.loop ??= every(ROUND_MS, () => this.round(), 'daily limit');
  }

  /** Of `max` rows to claim: how many, and under which limit. */
  allow(max: number): { max: number; daily: DailyLimit | undefined } {
    if (!this.limit || max === 0) return { max, daily: undefined };
    return performance.now() < this.idleUntil ? { max: 0, daily: undefined } : { max, daily: this.limit };
  }

  /** What a claim met. */
  note({ recipients, heldByLimit }: Claim): void {
    if (heldByLimit > 0 && recipients.length === 0) this.idleUntil = performance.now() + ROUND_MS;
  }

  async stop(): Promise<void> {
    await this.loop?.stop();
  }

  private async round(): Promise<number> {
    if (!this.limit) return ROUND_MS;
    await this.set(await answered(readDailyLimit(this.campaign)));
    if (!this.limit) return ROUND_MS;
    const released = await answered(
      releasePlaces({ workspaceId: this.campaign.workspaceId, portfolio: this.limit.portfolio }),
    );
    await this.count(this.limit);
    return released === RELEASED_AT_ONCE ? 0 : ROUND_MS;
  }

  private async count(daily: DailyLimit): Promise<void> {
    const begun = performance.now();
    if (!this.counts || begun < this.countAt) return;
    await answered(recordDailyWaits({ ...this.campaign, daily }));
    const tookMs = performance.now() - begun;
    this.countAt = performance.now() + Math.max(COUNT_MS, tookMs / COUNT_SHARE);
  }
}
