import { randomUUID } from 'node:crypto';
import { database } from '@/db/client';
import { changeCampaignSpeed, setCampaignStatus, startCampaign } from '@/lib/campaigns/transitions';
import { completeIfDrained } from '@/lib/engine/complete';
import { rescueDeadWorkers } from '@/lib/engine/leases';
import { retryRecipients } from '@/lib/engine/retry';
import { AppError } from '@/lib/errors';
import { claimRecipients, type ClaimedRecipient } from '@/lib/recipients/claim';
import { wakeDueRecipients } from '@/lib/recipients/queue';
import { applyReceipts, type Receipt, type ReceiptKind } from '@/lib/recipients/receipts';
import { settleRecipients, type Result, type Settlement } from '@/lib/recipients/settle';
import { createActiveCampaign, createWorker, settlementOf, type ActiveCampaign } from './engine';

/** What WhatsApp did with a request: the truth, which the engine learns only in part. */
interface Posted {
  recipientId: string;
  attempt: number;
  wamid: string;
  taken: boolean;
  reportedFailed: boolean;
}

interface InHand {
  worker: string;
  recipient: ClaimedRecipient;
}

export type Fate = 'accepted' | 'refused' | 'throttled' | 'retryable' | 'lost_taken' | 'lost_not_taken';

/**
 * The engine's verbs on a real database, a WhatsApp that remembers everything, and the rule that matters: a
 * second request to somebody leaves only when the last one was not taken, is known to have failed, or a
 * person asked for it. Every method is one command of the property test.
 */
export class EngineWorld {
  readonly posted: Posted[] = [];
  readonly violations: string[] = [];
  private readonly inHand: InHand[] = [];
  private readonly unsettled: Settlement[] = [];
  private readonly settledBefore: Settlement[] = [];
  private readonly receiptsBefore: Receipt[] = [];
  /** Recipients a person sent again after doubt: one more request is allowed. */
  private readonly licensed = new Set<string>();
  private stopped = false;

  private constructor(
    readonly campaign: ActiveCampaign,
    private readonly workers: string[],
  ) {}

  static async create(recipients: number): Promise<EngineWorld> {
    return new EngineWorld(await createActiveCampaign(recipients), [
      await createWorker(300),
      await createWorker(300),
    ]);
  }

  async claim(worker: number, max: number): Promise<void> {
    const { workspaceId, id: campaignId, senderId } = this.campaign;
    const workerId = this.workers[worker % this.workers.length] ?? '';
    await database()
      .sql`UPDATE rate_limits SET tat = now() - interval '1 day', blocked_until = now() WHERE workspace_id = ${workspaceId}`;
    const request = {
      workspaceId,
      campaignId,
      senderId,
      workerId,
      max,
      carried: 0,
      afterSeq: 0,
      catchUpMs: 0,
    };
    const { recipients } = await claimRecipients(request);
    if (recipients.length > 0 && (await this.status()) !== 'active')
      this.violations.push('claimed from a campaign that is not active');
    this.inHand.push(...recipients.map((recipient) => ({ worker: workerId, recipient })));
  }

  /** One request leaves, and something becomes of it. */
  post(which: number, fate: Fate): void {
    const [held] = this.inHand.splice(which % Math.max(1, this.inHand.length), 1);
    if (!held) return;
    const taken = fate === 'accepted' || fate === 'lost_taken';
    const message = {
      recipientId: held.recipient.id,
      attempt: held.recipient.attempt,
      wamid: `wamid.${randomUUID()}`,
      taken,
      reportedFailed: false,
    };
    this.checkNobodyTwice(message);
    this.posted.push(message);
    this.unsettled.push(
      settlementOf(this.campaign, held.worker, held.recipient, resultOf(fate, message.wamid)),
    );
  }

  /** A batch of results is written, perhaps with one that was written before. */
  async settle(count: number, repeat: boolean): Promise<void> {
    const batch = this.unsettled.splice(0, count);
    const old = repeat ? this.settledBefore.at(-1) : undefined;
    this.settledBefore.push(...batch);
    await settleRecipients(batch);
    if (old) await settleRecipients([old]);
  }

  /** The process dies: what it held, and what it had not written, is gone. Another one takes its place. */
  async kill(worker: number): Promise<void> {
    const index = worker % this.workers.length;
    const dead = this.workers[index] ?? '';
    await database().sql`
      INSERT INTO campaign_permits (workspace_id, campaign_id, worker_id, permits)
      VALUES (${this.campaign.workspaceId}, ${this.campaign.id}, ${dead}, 1) ON CONFLICT DO NOTHING`;
    await database().sql`UPDATE workers SET lease_until = now() - interval '1 s' WHERE id = ${dead}`;
    remove(this.inHand, (held) => held.worker === dead);
    remove(this.unsettled, (settlement) => settlement.workerId === dead);
    await rescueDeadWorkers();
    this.workers[index] = await createWorker(300);
  }

  /** WhatsApp reports on something it took; what it said once it may say again. */
  async report(which: number, kind: ReceiptKind, withKey: boolean): Promise<void> {
    const taken = this.posted.filter((message) => message.taken);
    const message = taken[which % Math.max(1, taken.length)];
    if (!message) return;
    const newest = Math.max(
      ...this.posted.filter((m) => m.recipientId === message.recipientId).map((m) => m.attempt),
    );
    if (kind === 'failed' && message.attempt === newest) message.reportedFailed = true;
    const { workspaceId, senderId, id: campaignId } = this.campaign;
    const key = withKey ? { campaignId, recipientId: message.recipientId, attempt: message.attempt } : null;
    const failed = kind === 'failed';
    const receipt = {
      workspaceId,
      senderId,
      key,
      wamid: message.wamid,
      kind,
      at: null,
      errorCode: failed ? 131026 : null,
      errorMessage: failed ? 'x' : null,
    };
    this.receiptsBefore.push(receipt);
    await applyReceipts([receipt]);
  }

  /** Meta delivers a batch again, in another order. */
  async replay(from: number, count: number): Promise<void> {
    const start = from % Math.max(1, this.receiptsBefore.length);
    await applyReceipts(this.receiptsBefore.slice(start, start + count).reverse());
  }

  pause = () => this.command(() => setCampaignStatus({ ...this.target, status: 'paused' }));
  resume = () => this.command(async () => void (await startCampaign(this.target)));
  complete = async () =>
    void (await completeIfDrained({ workspaceId: this.campaign.workspaceId, campaignId: this.campaign.id }));
  speed = (rateLimit: number, workerCount: number) =>
    this.command(() => changeCampaignSpeed({ ...this.target, rateLimit, workerCount }));

  async stop(): Promise<void> {
    await this.command(() => setCampaignStatus({ ...this.target, status: 'stopped' }));
    this.stopped ||= (await this.status()) === 'stopped';
  }

  async retry(include: 'failed' | 'unconfirmed'): Promise<void> {
    const rows = await database().sql<{ id: string }[]>`
      SELECT id FROM recipients WHERE campaign_id = ${this.campaign.id} AND status = 'unconfirmed'`;
    await this.command(async () => {
      await retryRecipients({ ...this.target, include: [include] });
      if (include === 'unconfirmed') for (const { id } of rows) this.licensed.add(id);
    });
  }

  async wake(): Promise<void> {
    await database()
      .sql`UPDATE recipients SET retry_at = now() WHERE campaign_id = ${this.campaign.id} AND retry_at IS NOT NULL`;
    await wakeDueRecipients({ workspaceId: this.campaign.workspaceId, campaignId: this.campaign.id });
  }

  /** Everything that can still happen happens; afterwards nobody may be under way. */
  async drain(): Promise<void> {
    await this.settle(this.unsettled.length, false);
    for (let round = 0; !this.stopped && round < 50; round++) {
      await this.resume();
      await this.wake();
      await this.claim(0, 100);
      await this.claim(1, 100);
      while (this.inHand.length > 0) this.post(0, 'accepted');
      await this.settle(this.unsettled.length, false);
      await this.complete();
      if ((await this.status()) === 'completed') return;
    }
  }

  async status(): Promise<string> {
    const [row] = await database().sql<
      { status: string }[]
    >`SELECT status FROM campaigns WHERE id = ${this.campaign.id}`;
    return row?.status ?? 'gone';
  }

  private get target() {
    return { actor: this.campaign.actor, campaignId: this.campaign.id };
  }

  /** Refusals (409) are part of the game. */
  private async command(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
  }

  private checkNobodyTwice(next: Posted): void {
    const before = this.posted.filter(
      (message) => message.recipientId === next.recipientId && message.taken && !message.reportedFailed,
    );
    if (before.length === 0) return;
    if (!this.licensed.has(next.recipientId))
      this.violations.push(`sent again unasked: ${JSON.stringify({ next, before })}`);
    // A request that was not taken leaves the person's wish open.
    if (next.taken) this.licensed.delete(next.recipientId);
  }
}

function resultOf(fate: Fate, wamid: string): Result {
  const error = { errorCode: null, errorMessage: fate };
  switch (fate) {
    case 'accepted':
      return { kind: 'accepted', wamid };
    case 'refused':
      return { kind: 'failed', ...error };
    case 'throttled':
      return { kind: 'snoozed', waitMs: 0, pairRefusal: false };
    case 'retryable':
      return { kind: 'retry', waitMs: 60_000, ...error };
    case 'lost_taken':
    case 'lost_not_taken':
      return { kind: 'in_doubt', ...error };
  }
}

function remove<T>(list: T[], condition: (item: T) => boolean): void {
  for (let i = list.length - 1; i >= 0; i--) if (condition(list[i] as T)) list.splice(i, 1);
}
