import { setTimeout as sleep } from 'node:timers/promises';
import { pauseCampaign } from '@/lib/campaigns/transitions';
import type { DailyLimit } from '@/lib/daily-limit/use';
import { completeIfDrained } from '@/lib/engine/complete';
import { returnPermits, sharePermits, type PermitShare } from '@/lib/engine/permits';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { CATCH_UP_MS, GRANT_HORIZON_MS } from '@/lib/pacing/constants';
import { claimRecipients, type Claim } from '@/lib/recipients/claim';
import { releaseUnknownClaims, wakeDueRecipients } from '@/lib/recipients/queue';
import { prepareCampaign, type CampaignSetup, type LiveCampaign } from './campaign-setup';
import { DailyHold } from './daily-hold';
import { Delivery } from './delivery';
import type { Lease } from './lease';
import type { Limit, Limits } from './limits';
import { answered, every, type Loop } from './loop';
import { MediaGiver } from './media-giver';
import { Schedule } from './schedule';
import type { Settler } from './settler';
import { WindowHold } from './window-hold';

const SHORTEST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 200;
/** Rows of one claim: larger ones only keep the rest waiting longer. */
const MOST_A_CLAIM = 500;
/** How often at least the campaign's state is looked at, by a claim, while nothing can be claimed. */
const LOOK_MS = 200;
/** How often permits, waits that are over, and completion are looked at. */
const UPKEEP_MS = 400;
/** How often the template and the sender's token are read again. */
const SETUP_MS = 5000;
/** How often claims whose answer was lost are looked for. */
const RECONCILE_MS = 10_000;
/** The other messages wait at most this long for the first one's answer. */
const OPENING_MS = 1_000;
/** A claim whose answer took longer than this grants nothing any more. */
const STALE_CLAIM_MS = 400;
/** Time to record the requests that a stop had to cut. */
const ABORTED_SETTLE_MS = 1_000;

/** Runs one campaign in this process: claim → slot → send → settle, until it is not active any more. */
export class CampaignRunner {
  readonly finished: Promise<void>;
  private readonly campaignLimit: Limit;
  private readonly senderLimit: Limit;
  private readonly schedule: Schedule;
  private readonly delivery: Delivery;
  private readonly hold: WindowHold;
  private readonly daily: DailyHold;
  private readonly uploads: MediaGiver;
  private readonly loop: Loop;
  private resolveFinished: () => void = () => undefined;
  private setup: CampaignSetup | undefined;
  private permits = 0;
  private share: PermitShare | undefined;
  /** Whose permits these are: no other may claim, for a rescue looks only where somebody has some. */
  private incarnation = '';
  private afterSeq = 0;
  private stopping = false;
  private claimedAt = 0;
  private queueEmpty = false;
  private roomBound = false;
  private begunAt: number | undefined;
  private opening: 'pending' | 'done' = 'pending';
  private due = { upkeep: 0, setup: 0, look: 0, reconcile: performance.now() + RECONCILE_MS };

  constructor(
    private readonly campaign: LiveCampaign,
    private readonly lease: Lease,
    settler: Settler,
    limits: Limits,
  ) {
    this.finished = new Promise((resolve) => (this.resolveFinished = resolve));
    this.campaignLimit = limits.of(campaign.id);
    this.senderLimit = limits.of(campaign.senderId);
    const windows = [this.campaignLimit.window, this.senderLimit.window];
    this.schedule = new Schedule(windows, (held, slotAt) => {
      if (this.setup) this.delivery.start(held, slotAt, this.setup);
    });
    this.uploads = new MediaGiver(campaign, () => this.loop.wake());
    this.delivery = new Delivery(
      campaign,
      lease,
      settler,
      (slotAt) => this.schedule.beginStart(slotAt),
      (held) => this.schedule.carry(held),
      () => this.onFree(),
      // The same setup would send the next ones into the same wall.
      () => this.wake(),
    );
    this.hold = new WindowHold({ ...campaign, campaignId: campaign.id });
    this.daily = new DailyHold({ ...campaign, campaignId: campaign.id });
    this.loop = every(SHORTEST_PAUSE_MS, () => this.tick(), 'campaign');
  }

  /** Something about the campaign changed: look now. */
  wake(): void {
    this.due.upkeep = 0;
    this.due.setup = 0;
    this.due.look = 0;
    this.loop.wake();
  }

  /** No new request starts; what was not begun goes back. Resolves when nothing is under way, or `withinMs` is over. */
  async stop(withinMs: number): Promise<void> {
    this.stopping = true;
    await Promise.all([this.loop.stop(), this.hold.stop(), this.daily.stop()]);
    this.releaseAll();
    await this.untilSettled(withinMs);
    this.delivery.abort();
    await this.untilSettled(ABORTED_SETTLE_MS);
    this.resolveFinished();
  }

  private async untilSettled(withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (this.delivery.held.size > 0 && performance.now() < deadline) await sleep(SHORTEST_PAUSE_MS);
  }

  private async tick(): Promise<number> {
    const prepared = await this.prepare();
    if (prepared === 'impossible') return this.leave();
    if (prepared === 'waiting') {
      this.releaseAll();
      return LONGEST_PAUSE_MS;
    }
    const now = performance.now();
    if (now >= this.due.upkeep || this.incarnation !== this.lease.workerId()) await this.upkeep();
    if (now >= this.due.reconcile) await this.reconcile();
    const room = this.room();
    if (this.permits === 0) this.releaseAll();
    this.roomBound = this.permits > 0 && (room <= 0 || this.opening === 'pending');
    const most = Math.min(this.allowance(room), this.openingRoom(), MOST_A_CLAIM);
    const { max, daily } = this.daily.allow(this.permits === 0 ? 0 : Math.max(most, 0));
    // A claim of nobody only sees whether the campaign is still active, and gives carried ones their slots.
    const idle = max === 0 && this.permits > 0 && this.schedule.carriedCount === 0;
    if (idle && now < this.due.look) return SHORTEST_PAUSE_MS;
    const claim = await this.claim(max, daily);
    if (!claim.campaignActive) return this.leave();
    if (this.permits === 0) return LONGEST_PAUSE_MS;
    return this.pauseAfter(claim);
  }

  /** The rows there are permits for, and as many more as may end before the next claim has its answer. */
  private room(): number {
    const ahead = Math.max(1, this.delivery.endedLately * 2);
    return this.permits + ahead - this.schedule.size - this.delivery.waitingCount - this.delivery.inFlight;
  }

  /**
   * The first message goes alone: while its connection is made it is late at the other side, and others on its
   * heels would crowd the second that begins there with it. It also tells of a wrong token before many do.
   */
  private openingRoom(): number {
    if (this.opening === 'done') return Infinity;
    if (this.delivery.held.size === 0 && !this.delivery.opened) return 1;
    if (!this.delivery.opened && performance.now() - (this.begunAt ?? 0) < OPENING_MS) return 0;
    this.schedule.countPhantomStart();
    this.opening = 'done';
    return Infinity;
  }

  /** Of `room` rows, those whose start this process's windows allow before the next claim. */
  private allowance(room: number): number {
    const until = performance.now() + GRANT_HORIZON_MS;
    const ahead = this.schedule.size + this.delivery.waitingCount;
    const limits = [this.campaignLimit, this.senderLimit];
    return Math.min(...limits.map(({ window }) => window.allowedUntil(until, room + ahead))) - ahead;
  }

  private async claim(max: number, daily: DailyLimit | undefined): Promise<Claim> {
    const workerId = this.incarnation;
    const { workspaceId, id: campaignId, senderId } = this.campaign;
    const carried = this.schedule.carriedCount;
    await this.hold.refresh();
    const request = {
      workspaceId,
      campaignId,
      senderId,
      workerId,
      max,
      carried,
      afterSeq: this.afterSeq,
      // Only what was missed while it ran is made up for: the beginning is no burst.
      catchUpMs: this.begunAt === undefined ? 0 : CATCH_UP_MS,
      closed: this.hold.closed,
      daily,
    };
    const askedAt = performance.now();
    const claim = await answered(claimRecipients(request)).catch((error: unknown) => {
      // It may have been committed all the same: then those rows are ours and must go back.
      this.due.reconcile = 0;
      throw error;
    });
    this.claimedAt = performance.now();
    this.due.look = this.claimedAt + LOOK_MS;
    if (claim.slots > 0) this.begunAt ??= this.claimedAt;
    const held = claim.recipients.map((recipient) => ({ recipient, workerId }));
    for (const one of held) this.delivery.held.set(one.recipient.id, one);
    this.noteRates(claim);
    this.daily.note(claim);
    this.noteQueue(claim, max, carried);
    // An answer that took long says nothing about now: paused since, perhaps. Its rows need new slots.
    const slots = this.claimedAt - askedAt > STALE_CLAIM_MS ? 0 : claim.slots;
    const { spacingMs } = claim;
    this.schedule.add(held, { slots, spacingMs, firstSlotAt: this.claimedAt + claim.firstSlotMs });
    return claim;
  }

  /** The rates as set now, and this process's part of each: only those with permits share a rate. */
  private noteRates({ campaignRate, senderRate }: Claim): void {
    if (!this.share || campaignRate === 0 || senderRate === 0) return;
    const { rank, workers, workerCount, senderWorkerCount } = this.share;
    const amongThose = (count: number) => ({ rank, participants: Math.min(workers, count) });
    this.campaignLimit.update(campaignRate, amongThose(workerCount), this.incarnation);
    this.senderLimit.update(senderRate, amongThose(senderWorkerCount), this.incarnation);
  }

  /** Rows skipped because another worker held them may come back below the mark: an empty queue drops it. */
  private noteQueue(claim: Claim, max: number, carried: number): void {
    const wanted = Math.min(max, Math.max(claim.slotsOffered - carried, 0));
    this.queueEmpty = claim.recipients.length < wanted;
    this.afterSeq = this.queueEmpty ? 0 : (claim.recipients.at(-1)?.seq ?? this.afterSeq);
  }

  private pauseAfter(claim: Claim): number {
    if (!claim.leaseValid) return LONGEST_PAUSE_MS;
    // Half the horizon is left for the next claim to come back in; fewer and larger claims cost less.
    const nextGrantMs =
      claim.blockedMs || claim.firstSlotMs + claim.slots * claim.spacingMs - GRANT_HORIZON_MS / 2;
    const idle = this.queueEmpty && this.delivery.held.size === 0;
    const shortest = idle ? LONGEST_PAUSE_MS / 2 : this.runsDry() ? 0 : SHORTEST_PAUSE_MS;
    const pause = Math.max(nextGrantMs, shortest);
    // Jitter: two campaigns on one number take turns at its slots.
    return Math.min(pause, LONGEST_PAUSE_MS) + Math.random() * 10;
  }

  /** What is in hand ends before the next claim would come back. */
  private runsDry(): boolean {
    return this.schedule.size + this.delivery.waitingCount < this.delivery.endedLately;
  }

  private async upkeep(): Promise<void> {
    this.due.upkeep = performance.now() + UPKEEP_MS;
    const { workspaceId, id: campaignId } = this.campaign;
    const of = { workspaceId, campaignId };
    const inFlight = this.delivery.inFlight;
    const workerId = this.lease.workerId();
    const share = await answered(sharePermits({ ...of, workerId, inFlight }));
    this.incarnation = workerId;
    this.permits = share.permits;
    this.share = share;
    this.delivery.permits = this.permits;
    this.hold.counts = this.daily.counts = share.rank === 0;
    if ((await answered(wakeDueRecipients(of))) > 0) this.afterSeq = 0;
    if (this.queueEmpty && this.delivery.held.size === 0) await answered(completeIfDrained(of));
  }

  private async reconcile(): Promise<void> {
    const { workspaceId, id: campaignId } = this.campaign;
    const heldIds = [...this.delivery.held.keys()];
    const released = await answered(
      releaseUnknownClaims({
        workspaceId,
        campaignId,
        workerId: this.lease.workerId(),
        heldIds,
      }),
    );
    this.due.reconcile = performance.now() + RECONCILE_MS;
    if (released > 0) log.warn({ campaignId, released }, 'gave back claims whose answer was lost');
  }

  /** Reads template and token now and then; pauses the campaign with the reason when it cannot be sent so. */
  private async prepare(): Promise<'ready' | 'waiting' | 'impossible'> {
    if (this.setup && performance.now() < this.due.setup) return 'ready';
    try {
      if (this.uploads.isUnderWay) return 'waiting';
      this.uploads.throwFailure();
      const setup = await answered(prepareCampaign(this.campaign));
      if (setup.missingMedia.length > 0) {
        this.uploads.begin(setup.missingMedia);
        return 'waiting';
      }
      await this.hold.set(setup.sendWindow);
      await this.daily.set(setup.daily);
      this.setup = setup;
      this.due.setup = performance.now() + SETUP_MS;
      return 'ready';
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { workspaceId, id: campaignId } = this.campaign;
      await pauseCampaign({ workspaceId, campaignId, reason: error.message });
      return 'impossible';
    }
  }

  /** Not active: everything not begun goes back; once nothing is under way, so do the permits. */
  private async leave(): Promise<number> {
    this.releaseAll();
    // Resumed before the last answer is in, it must not send by what a person has mended meanwhile.
    this.due.setup = 0;
    if (this.delivery.held.size > 0) return LONGEST_PAUSE_MS / 2;
    const { workspaceId, id: campaignId } = this.campaign;
    await answered(returnPermits({ workspaceId, campaignId, workerId: this.lease.workerId() }));
    this.stopping = true;
    await Promise.all([this.hold.stop(), this.daily.stop()]);
    void this.loop.stop();
    this.resolveFinished();
    return 0;
  }

  private releaseAll(): void {
    this.delivery.release([...this.schedule.takeAll(), ...this.delivery.takeWaiting()]);
  }

  /** A good part of the permits is free and nothing waits for them: claim before the pause is over. */
  private onFree(): void {
    if (this.stopping || !this.roomBound || this.room() < this.permits / 4) return;
    if (performance.now() - this.claimedAt > SHORTEST_PAUSE_MS / 2) this.loop.wake();
  }
}
