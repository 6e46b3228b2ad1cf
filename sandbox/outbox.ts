import type { Dispatcher } from 'undici';
import { postWebhook, type Delivery } from './callbacks';
import type { Random } from './random';
import type { Settings } from './settings';
import { signBody } from './signature';
import type { SandboxNumber } from './state';
import { countFitting, writeEnvelope, type WebhookUpdate } from './webhook-payload';

/** Seconds-scale stand-in for Meta's "at once, then ever more rarely, for seven days". */
const RETRY_MS = [0, 250, 500, 1000, 2000, 4000, 8000, 15_000];
/** A receiver that keeps failing gets new batches one at a time, this often. */
const PROBE_MS = 500;
const FAILURES_BEFORE_PROBING = 3;

export interface OutboxStats {
  posts: number;
  failed_posts: number;
  waiting_updates: number;
  in_flight: number;
  retrying: number;
  given_up: number;
  last_failure: { at: string; reason: string } | null;
}

interface OutboxContext {
  number: SandboxNumber;
  settings: () => Settings;
  random: Random;
  dispatcher: Dispatcher;
}

/** Signed webhooks of one number: gathered for a moment, posted side by side, tried again until answered 200. */
export class Outbox {
  private queue: WebhookUpdate[] = [];
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly retryTimers = new Set<NodeJS.Timeout>();
  private inFlight = 0;
  private failuresInARow = 0;
  private posts = 0;
  private failedPosts = 0;
  private givenUp = 0;
  private lastFailure: OutboxStats['last_failure'] = null;

  constructor(private readonly context: OutboxContext) {}

  stats(): OutboxStats {
    return {
      posts: this.posts,
      failed_posts: this.failedPosts,
      waiting_updates: this.queue.length,
      in_flight: this.inFlight,
      retrying: this.retryTimers.size,
      given_up: this.givenUp,
      last_failure: this.lastFailure,
    };
  }

  add(update: WebhookUpdate): void {
    this.queue.push(update);
    this.wake(this.context.settings().webhook_window_ms);
  }

  /** Posts these alone and at once; resolves when the first attempt has been answered or has failed. */
  async postNow(updates: WebhookUpdate[]): Promise<void> {
    await this.attempt(this.pack(updates), 0);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const timer of this.retryTimers) clearTimeout(timer);
    this.retryTimers.clear();
    this.queue = [];
  }

  private wake(afterMs: number): void {
    if (this.stopped) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.flush();
    }, afterMs);
  }

  private flush(): void {
    const settings = this.context.settings();
    const probing = this.failuresInARow >= FAILURES_BEFORE_PROBING;
    const room = probing ? 1 : settings.webhook_concurrency;
    while (this.queue.length > 0 && this.inFlight < room) {
      const batch = this.queue.splice(0, this.batchSize(settings.webhook_batch));
      void this.attempt(this.pack(batch), 0);
    }
    if (this.queue.length > 0 && probing) this.wake(PROBE_MS);
  }

  /** Anything from one to the most there may be; the most when many wait. */
  private batchSize(most: number): number {
    const waiting = Math.min(this.queue.length, most);
    const behind = this.queue.length > most;
    return countFitting(this.queue, behind ? waiting : this.context.random.whole(1, waiting));
  }

  private pack(updates: WebhookUpdate[]): Delivery {
    const { number, random } = this.context;
    const body = writeEnvelope(updates, number, random.chance(0.3));
    return { body, signature: signBody(body, number.app_secret), updates, firstTriedAt: performance.now() };
  }

  private async attempt(delivery: Delivery, retries: number): Promise<void> {
    const { number, dispatcher } = this.context;
    this.inFlight += 1;
    this.posts += 1;
    const timeoutMs = this.context.settings().webhook_timeout_ms;
    const failureReason = await postWebhook(dispatcher, number.callback_url, delivery, timeoutMs);
    this.inFlight -= 1;
    if (failureReason === null) {
      this.failuresInARow = 0;
      for (const update of delivery.updates) update.settled?.(true);
    } else {
      this.fail(delivery, retries, failureReason);
    }
    if (this.queue.length > 0) this.wake(failureReason === null ? 0 : PROBE_MS);
  }

  private fail(delivery: Delivery, retries: number, reason: string): void {
    if (this.stopped) return;
    this.failedPosts += 1;
    this.failuresInARow += 1;
    this.lastFailure = { at: new Date().toISOString(), reason };
    const base = RETRY_MS[Math.min(retries, RETRY_MS.length - 1)] ?? 0;
    const waitMs = base * this.context.random.between(0.8, 1.2);
    const age = performance.now() - delivery.firstTriedAt;
    if (age + waitMs > this.context.settings().webhook_retry_ms) {
      this.givenUp += 1;
      for (const update of delivery.updates) update.settled?.(false);
      return;
    }
    const timer = setTimeout(() => {
      this.retryTimers.delete(timer);
      void this.attempt(delivery, retries + 1);
    }, waitMs);
    this.retryTimers.add(timer);
  }
}
