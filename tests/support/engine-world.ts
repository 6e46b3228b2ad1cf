import { randomUUID } from 'node:crypto';
import { database, type Sql } from '@/db/client';
import { changeCampaignSpeed, setCampaignStatus, startCampaign } from '@/lib/campaigns/transitions';
import { completeIfDrained } from '@/lib/engine/complete';
import { rescueDeadWorkers } from '@/lib/engine/leases';
import { retryRecipients } from '@/lib/engine/retry';
import { chooseWinner, chooseWinnerByTime, noteEndedTests } from '@/lib/engine/winner';
import { AppError } from '@/lib/errors';
import { claimRecipients, type ClaimedRecipient, type ClaimInput } from '@/lib/recipients/claim';
import { releaseUnknownClaims, wakeDueRecipients } from '@/lib/recipients/queue';
import { applyReceipts, type Receipt, type ReceiptKind } from '@/lib/recipients/receipts';
import { settleRecipients, type Result, type Settlement } from '@/lib/recipients/settle';
import { holdClosed, rejudgeHeld, ROWS_A_LOOK } from '@/lib/recipients/window-hold';
import { releaseHeldBack } from '@/lib/recipients/winner-hold';
import { assertBalanced, createWorker, settlementOf, type ActiveCampaign } from './engine';
import { createWorldCampaign, type WorldOptions } from './world-campaign';
import { WorldLimit } from './world-limit';
import { WorldPeople } from './world-people';
import { WorldWindow, type WindowSetting } from './world-window';

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

/** `held`: accepted, and kept until the template's quality is assessed. */
export type Fate =
  'accepted' | 'held' | 'refused' | 'throttled' | 'retryable' | 'lost_taken' | 'lost_not_taken';

/** cut: the process dies before the commit. unheard: after it, or the answer is lost. */
export type ClaimFate = 'answered' | 'cut' | 'unheard';

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Whoever is outside a window of most of a day was inside it then. */
const HOURS_LATE = 9;

class Cut extends Error {}

/**
 * The engine's verbs on a real database, a WhatsApp that remembers everything, and the rule that matters: a
 * second request to somebody leaves only when the last one was not taken, is known to have failed, or a
 * person asked for it. Every method is one command of the property test.
 */
export class EngineWorld {
  private readonly posted: Posted[] = [];
  private readonly violations: string[] = [];
  private readonly inHand: InHand[] = [];
  private readonly unsettled: Settlement[] = [];
  private readonly settledBefore: Settlement[] = [];
  private readonly receiptsBefore: Receipt[] = [];
  /** Recipients a person sent again after doubt: one more request is allowed. */
  private readonly licensed = new Set<string>();
  private stopped = false;

  private readonly people: WorldPeople;

  private constructor(
    readonly campaign: ActiveCampaign,
    private readonly workers: string[],
    private readonly messages: NonNullable<WorldOptions['messages']>,
    /** Null: there is none, and never will be. */
    private readonly window: WorldWindow | null,
    private readonly limit: WorldLimit | null,
    /** Of another number of the portfolio, to some of the same people; there is one where there is a limit. */
    private readonly sibling: ActiveCampaign | null,
  ) {
    this.people = new WorldPeople(campaign, messages !== 'one');
  }

  static async create(options: WorldOptions): Promise<EngineWorld> {
    const campaign = await createWorldCampaign(options);
    const { actor, portfolio } = campaign;
    const more = { actor, portfolio, first: Math.floor(options.people / 2) };
    const hasLimit = typeof options.limit === 'number';
    const sibling = hasLimit ? await createWorldCampaign({ people: options.people }, more) : null;
    return new EngineWorld(
      campaign,
      [await createWorker(300), await createWorker(300)],
      options.messages ?? 'one',
      options.hasWindow ? new WorldWindow(campaign.senderId) : null,
      hasLimit ? await WorldLimit.create(campaign, options.limit ?? 0) : null,
      sibling,
    );
  }

  async claim(worker: number, max: number, fate: ClaimFate = 'answered'): Promise<void> {
    const workerId = this.workerOf(worker);
    const closed = this.window?.viewOf(workerId);
    const work = (sql?: Sql) => this.claimOf(this.campaign, { workerId, max, closed }, sql);
    const recipients = await unlessCut(fate === 'cut', work);
    if (!recipients) return;
    if (recipients.length > 0 && (await this.status()) !== 'active')
      this.violations.push('claimed from a campaign that is not active');
    for (const { phone } of recipients)
      if (this.window?.isClosedFor(phone)) this.violations.push('claimed outside the window');
    this.noteClaimed(recipients);
    if (fate === 'answered')
      this.inHand.push(...recipients.map((recipient) => ({ worker: workerId, recipient })));
  }

  /** Another number of the portfolio sends. */
  async claimSibling(worker: number, max: number): Promise<void> {
    if (!this.sibling) return;
    const { sibling } = this;
    const workerId = this.workerOf(worker);
    const recipients = await this.claimOf(sibling, { workerId, max });
    this.noteClaimed(recipients);
    const accepted = () => ({ kind: 'accepted' as const, wamid: `wamid.${randomUUID()}` });
    await settleRecipients(recipients.map((r) => settlementOf(sibling, workerId, r, accepted())));
  }

  /** What a worker does not remember to hold goes back. */
  async findUnheard(worker: number): Promise<void> {
    const workerId = this.workerOf(worker);
    const held = this.inHand.filter((one) => one.worker === workerId).map((one) => one.recipient.id);
    const unsettled = this.unsettled.filter((one) => one.workerId === workerId).map((one) => one.recipientId);
    await releaseUnknownClaims({ ...this.of, workerId, heldIds: [...held, ...unsettled] });
  }

  /** Somebody changes the window; to the workers' eyes it is only the clocks that go on, or not even that. */
  setWindow = async (setting: WindowSetting) => this.window?.set(setting, this.workers);
  learnWindow = async (worker: number) => this.window?.learn(this.workerOf(worker));

  /** The window closes while a worker stands still, for hours, between its look at the clock and its claim. */
  async claimLate(worker: number, max: number): Promise<void> {
    await this.setWindow('neither');
    await this.window?.learn(this.workerOf(worker), HOURS_LATE);
    await this.claim(worker, max);
  }

  /** A worker puts aside whom it believes the window to keep back, and judges those anew who wait. */
  async keepWindow(worker: number, isCut = false): Promise<void> {
    const closed = this.window?.viewOf(this.workerOf(worker));
    await unlessCut(isCut, async (sql) => {
      let judged = { looked: ROWS_A_LOOK, lastId: FIRST_ID as string | null };
      while (judged.looked === ROWS_A_LOOK)
        judged = await rejudgeHeld({ ...this.of, closed, afterId: judged.lastId ?? FIRST_ID }, sql);
      if (closed) await holdClosed({ ...this.of, closed, afterSeq: 0 }, sql);
    });
  }

  setLimit = async (people: number) => this.limit?.set(people);
  pass = async (hours: number) => this.limit?.pass(hours);
  releasePlaces = async (isCut = false) => unlessCut(isCut, async (sql) => this.limit?.release(sql));

  /** The test's time is over, if all of it was sent. */
  async chooseByTime(): Promise<void> {
    await noteEndedTests();
    await database().sql`
      UPDATE campaigns SET test_ended_at = test_ended_at - interval '1 hour' WHERE id = ${this.campaign.id}`;
    await chooseWinnerByTime(this.of);
  }

  choose = (variant: 'A' | 'B') => this.command(() => chooseWinner({ ...this.target, variant }));
  releaseHeldBack = async (isCut = false) => unlessCut(isCut, (sql) => releaseHeldBack(this.of, sql));

  /** What must be true after whatever happened; throws what is not, or that the counters say something else than the rows. */
  async judge(): Promise<void> {
    this.violations.push(...(await this.people.judge()), ...((await this.limit?.judgeLedger()) ?? []));
    if (this.violations.length > 0) throw new Error(this.violations.join('\n'));
    await assertBalanced(this.campaign);
  }

  /** One request leaves, and something becomes of it. */
  post(which: number, fate: Fate): void {
    const [held] = this.inHand.splice(which % Math.max(1, this.inHand.length), 1);
    if (!held) return;
    const taken = fate === 'accepted' || fate === 'held' || fate === 'lost_taken';
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
    const dead = this.workerOf(worker);
    await database().sql`
      INSERT INTO campaign_permits (workspace_id, campaign_id, worker_id, permits)
      VALUES (${this.campaign.workspaceId}, ${this.campaign.id}, ${dead}, 1) ON CONFLICT DO NOTHING`;
    await database().sql`UPDATE workers SET lease_until = now() - interval '1 s' WHERE id = ${dead}`;
    remove(this.inHand, (held) => held.worker === dead);
    remove(this.unsettled, (settlement) => settlement.workerId === dead);
    await rescueDeadWorkers();
    const next = await createWorker(300);
    this.workers[this.workers.indexOf(dead)] = next;
    await this.window?.learn(next);
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
  complete = async () => void (await completeIfDrained(this.of));
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

  /** The waits are over, also of those who wait for a window that is not open yet. */
  async wake(alsoWindow = true): Promise<void> {
    const reasons = alsoWindow ? ['', 'window'] : [''];
    await database().sql`
      UPDATE recipients SET retry_at = now()
      WHERE campaign_id = ${this.campaign.id} AND retry_at IS NOT NULL AND coalesce(waits_for, '') = ANY(${reasons}::text[])`;
    await wakeDueRecipients(this.of);
  }

  /** Everything that can still happen happens; afterwards nobody may be under way. */
  async drain(): Promise<void> {
    await this.settle(this.unsettled.length, false);
    await this.setWindow('both');
    for (let round = 0; !this.stopped && round < 50; round++) {
      await this.resume();
      if (this.messages === 'holdback') await this.choose('A');
      await this.releaseHeldBack();
      await this.pass(25);
      await this.releasePlaces();
      for (const worker of this.workers.keys()) {
        await this.findUnheard(worker);
        await this.learnWindow(worker);
        await this.keepWindow(worker);
        // Whose window is open waits no longer, without a push.
        await this.wake(false);
        await this.claim(worker, 100);
      }
      while (this.inHand.length > 0) this.post(0, 'accepted');
      await this.settle(this.unsettled.length, false);
      await this.complete();
      await this.judge();
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

  private get of() {
    const { workspaceId, id: campaignId, senderId } = this.campaign;
    return { workspaceId, campaignId, senderId };
  }

  private workerOf(worker: number): string {
    return this.workers[worker % this.workers.length] ?? '';
  }

  private async claimOf(
    { workspaceId, id: campaignId, senderId }: ActiveCampaign,
    request: Pick<ClaimInput, 'workerId' | 'max' | 'closed'>,
    sql?: Sql,
  ): Promise<ClaimedRecipient[]> {
    await database().sql`
      UPDATE rate_limits SET tat = now() - interval '1 day', blocked_until = now() WHERE workspace_id = ${workspaceId}`;
    const nothing = { carried: 0, afterSeq: 0, catchUpMs: 0 };
    const daily = await this.limit?.read();
    const claim = await claimRecipients(
      { workspaceId, campaignId, senderId, ...nothing, ...request, daily },
      sql,
    );
    return claim.recipients;
  }

  private noteClaimed(recipients: readonly ClaimedRecipient[]): void {
    this.violations.push(...(this.limit?.judge(recipients.map(({ phone }) => phone)) ?? []));
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
    case 'held':
      return { kind: 'accepted', wamid, held: true };
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

/** Does it, or does it in a transaction that never commits; then there is no answer. */
async function unlessCut<T>(isCut: boolean, work: (sql?: Sql) => Promise<T>): Promise<T | undefined> {
  if (!isCut) return work();
  try {
    await database().sql.begin(async (tx) => {
      await work(tx as unknown as Sql);
      throw new Cut();
    });
  } catch (error) {
    if (!(error instanceof Cut)) throw error;
  }
  return undefined;
}
