import pLimit from 'p-limit';
import { pauseCampaign, pauseCampaignsOfSender } from '@/lib/campaigns/transitions';
import { log } from '@/lib/log';
import { addOptOuts } from '@/lib/opt-outs/mutations';
import { GRANT_HORIZON_MS } from '@/lib/pacing/constants';
import { probe, slowDown, speedUp } from '@/lib/pacing/limits';
import { RecentCount } from '@/lib/pacing/recent-count';
import type { Result } from '@/lib/recipients/settle';
import { forgetUploads } from '@/lib/media/uploads';
import { openSender } from '@/lib/senders/credentials';
import { sendMessage } from '@/lib/whatsapp/client';
import { Cut } from '@/lib/whatsapp/cut';
import { pauseReasonFor } from '@/lib/whatsapp/errors';
import { lostIds, lostMedia } from '@/lib/whatsapp/lost-media';
import type { Outcome, ProviderError } from '@/lib/whatsapp/types';
import { Brake } from './brake';
import type { CampaignSetup, LiveCampaign } from './campaign-setup';
import type { Lease } from './lease';
import { resultOf } from './outcome';
import type { Held } from './schedule';
import type { Settler } from './settler';

const REQUEST_TIMEOUT_MS = 30_000;
const SPEED_UP_EVERY_MS = 1000;
const UNBUILDABLE: ProviderError = {
  code: null,
  message:
    'Herald could not build this message from the template and the row; check the template and its values.',
  details: null,
  httpStatus: null,
};
const MEDIA_REFUSED =
  'WhatsApp does not know the header’s file although it was uploaded just now: look at the sender in WhatsApp Manager, then resume.';
const RELEASED: Result = { kind: 'snoozed', waitMs: 0, pairRefusal: false };

/** What a request brought, when it began, on this process's clock, and by what it was made. */
interface Answer {
  outcome: Outcome;
  begunAt: number;
  setup: CampaignSetup;
}

/** One campaign's requests in this process: at most `permits` under way, each recorded with what it brought. */
export class Delivery {
  /** Everything claimed whose result is not committed yet, by recipient id. */
  readonly held = new Map<string, Held>();
  /** A request has been answered, or lost: the way to WhatsApp is open and warm. */
  opened = false;

  private readonly limit = pLimit(1);
  private readonly waiting = new Set<Held>();
  private readonly cut = new Cut();
  private readonly ended = new RecentCount(GRANT_HORIZON_MS);
  private readonly brake = new Brake();
  private underWay = 0;
  private spedUpAt = 0;

  constructor(
    private readonly campaign: LiveCampaign,
    private readonly lease: Lease,
    private readonly settler: Settler,
    /** See Schedule.beginStart. */
    private readonly beginStart: (slotAt: number) => (() => void) | null,
    private readonly onLate: (held: Held) => void,
    private readonly onFree: () => void,
    /** The setup is not good any more: the next ones need it read anew. */
    private readonly onSetupOutdated: () => void,
  ) {}

  get inFlight(): number {
    return this.underWay;
  }

  /** Requests that ended within about the last GRANT_HORIZON_MS; the claim reads ahead by it. */
  get endedLately(): number {
    return this.ended.at(performance.now());
  }

  get waitingCount(): number {
    return this.waiting.size;
  }

  set permits(n: number) {
    this.limit.concurrency = Math.max(1, n);
  }

  /** At its slot: goes out as soon as a permit is free, or, when that is too late, back for another slot. */
  start(held: Held, slotAt: number, setup: CampaignSetup): void {
    this.waiting.add(held);
    void this.limit(async () => {
      if (!this.waiting.delete(held)) return;
      if (!this.lease.mayStart(held.workerId)) return this.release([held]);
      const onWrite = this.beginStart(slotAt);
      if (!onWrite) return this.onLate(held);
      await this.send(held, setup, onWrite);
    }).finally(this.onFree);
  }

  /** Gives back what was not begun; nothing of it has left. */
  release(rows: Held[]): void {
    for (const held of rows) void this.settle(held, RELEASED);
  }

  /** Those handed over but not begun, which then will not be. */
  takeWaiting(): Held[] {
    const rows = [...this.waiting];
    this.waiting.clear();
    return rows;
  }

  /** For good: cuts the requests still under way; their answers are lost, so they end in doubt. */
  abort(): void {
    this.cut.make();
  }

  private async send(held: Held, setup: CampaignSetup, onWrite: () => void): Promise<void> {
    this.underWay += 1;
    const begunAt = performance.now();
    let outcome: Outcome;
    try {
      const body = setup.bodyFor(held.recipient);
      const edge = setup.edgeFor(held.recipient);
      // Named one by one: spread out, the connection cost more than building the message.
      const { baseUrl, version, phoneNumberId, accessToken } = setup.connection;
      const { cut } = this;
      const request = { baseUrl, version, phoneNumberId, accessToken, edge, body, cut, onWrite };
      outcome = await sendMessage(request, REQUEST_TIMEOUT_MS);
    } catch (error) {
      // Nothing left: the message could not even be written.
      log.error({ err: error, campaignId: this.campaign.id }, 'a message could not be built');
      outcome = { kind: 'rejected', suppress: false, error: UNBUILDABLE };
    } finally {
      onWrite();
      this.underWay -= 1;
      this.ended.add(performance.now());
      this.opened = true;
    }
    // Not awaited: the permit is for the request, not for the bookkeeping.
    void this.record(held, { outcome: lostMedia(outcome, setup.media), begunAt, setup });
  }

  /** Effects first: a recipient put back before the brake is on would be sent into the same wall. */
  private async record(held: Held, answer: Answer): Promise<void> {
    const { outcome } = answer;
    if (outcome.kind === 'media_lost') await this.loseMedia(outcome.error, answer);
    await this.applyEffects(held, answer).catch((error: unknown) => {
      log.error(
        { err: error, campaignId: this.campaign.id, outcome: outcome.kind },
        'an effect of an outcome failed',
      );
    });
    await this.settle(held, resultOf(outcome, held.recipient));
  }

  /** The others of the campaign wait until the file is there again; one that is refused when new is a person's to see. */
  private async loseMedia(error: ProviderError, { begunAt, setup }: Answer): Promise<void> {
    const { workspaceId, senderId, id: campaignId } = this.campaign;
    try {
      const { fresh } = await forgetUploads({ workspaceId, senderId }, lostIds(error, setup.media));
      if (fresh) await this.pause(MEDIA_REFUSED, begunAt);
    } catch (cause) {
      log.error({ err: cause, campaignId }, 'a file that WhatsApp lost could not be forgotten');
    }
    this.onSetupOutdated();
  }

  private async settle(held: Held, result: Result): Promise<void> {
    const { recipient, workerId } = held;
    const { workspaceId, id: campaignId } = this.campaign;
    await this.settler.settle({
      workspaceId,
      campaignId,
      recipientId: recipient.id,
      attempt: recipient.attempt,
      seq: recipient.seq,
      workerId,
      result,
    });
    this.held.delete(recipient.id);
    this.onFree();
  }

  private async applyEffects(held: Held, answer: Answer): Promise<void> {
    const { outcome, begunAt } = answer;
    const { workspaceId, senderId } = this.campaign;
    const sender = { workspaceId, id: senderId };
    if (outcome.kind === 'accepted') await this.speedUpNowAndThen();
    if (outcome.kind === 'throttled' && outcome.scope === 'sender') await slowDown(sender);
    if (outcome.kind === 'rejected' && outcome.suppress)
      await addOptOuts({
        workspaceId,
        phones: [held.recipient.phone],
        source: 'whatsapp_error',
        reason: outcome.error.message,
        senderId,
      });
    if (outcome.kind === 'blocked') {
      const reason = pauseReasonFor(outcome.error);
      if (outcome.scope === 'sender') await this.pauseSender(reason, answer);
      else await this.pause(reason, begunAt);
    }
    const braking = this.brake.observe(outcome);
    if (braking.kind === 'probe') await probe(sender);
    if (braking.kind === 'pause') await this.pause(braking.reason, begunAt);
  }

  /** A token that has been replaced since tells nothing of the new one. */
  private async pauseSender(reason: string, { begunAt, setup }: Answer): Promise<void> {
    const { workspaceId, senderId } = this.campaign;
    const { accessToken } = await openSender(workspaceId, senderId);
    if (accessToken !== setup.connection.accessToken) this.onSetupOutdated();
    else await pauseCampaignsOfSender({ workspaceId, senderId, reason, begunMsAgo: msSince(begunAt) });
  }

  /** What was under way when it paused still brings trouble, and counts for nothing once a person has resumed it. */
  private async pause(reason: string, begunAt: number): Promise<void> {
    const { workspaceId, id: campaignId } = this.campaign;
    await pauseCampaign({ workspaceId, campaignId, reason, begunMsAgo: msSince(begunAt) });
    this.brake.reset();
  }

  private async speedUpNowAndThen(): Promise<void> {
    const now = performance.now();
    if (now - this.spedUpAt < SPEED_UP_EVERY_MS) return;
    this.spedUpAt = now;
    await speedUp({ workspaceId: this.campaign.workspaceId, id: this.campaign.senderId });
  }
}

function msSince(at: number): number {
  return performance.now() - at;
}
