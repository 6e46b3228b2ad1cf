import { getEnv } from '@/lib/env';
import { log } from '@/lib/log';
import { listOf } from '@/lib/webhook-endpoints/addresses';
import { attemptDelivery } from '@/lib/webhook-endpoints/deliver';
import { fanOut } from '@/lib/webhook-endpoints/fan-out';
import { openPoster, type Poster } from '@/lib/webhook-endpoints/post';
import { claimDeliveries, settleDelivery, type ClaimedDelivery } from '@/lib/webhook-endpoints/queue';
import { answered, every, type Loop } from './loop';

const IDLE_MS = 1_000;
/** Attempts under way in this process, and of those to one endpoint: a slow one leaves room for the others. */
const MAX_IN_HAND = 32;
const MAX_PER_ENDPOINT = 4;

/** What this process does for outgoing webhooks; see docs/adr/outgoing-webhooks.md. */
export interface Webhooks {
  /** No further attempt begins; those under way get `withinMs`. What is not recorded by then is tried again by others. */
  stop: (withinMs: number) => Promise<void>;
}

/** Starts turning events into deliveries, and delivering them. `poster` is for tests. */
export function startWebhooks(
  poster: Poster = openPoster(listOf(getEnv().webhookPrivateNetworks)),
): Webhooks {
  const deliverer = new Deliverer(poster);
  const loops = [every(IDLE_MS, () => tell(deliverer), 'webhook events'), deliverer.loop];
  return {
    stop: async (withinMs) => {
      await Promise.all(loops.map((loop) => loop.stop()));
      await deliverer.drain(withinMs);
    },
  };
}

async function tell(deliverer: Deliverer): Promise<number | void> {
  if ((await answered(fanOut())) === 0) return;
  deliverer.loop.wake();
  return 0;
}

/** Keeps as many attempts under way as it may, and as there are. */
class Deliverer {
  readonly loop: Loop;
  private readonly inHand = new Map<string, number>();
  private readonly attempts = new Set<Promise<void>>();
  private isOver = false;

  constructor(private readonly poster: Poster) {
    this.loop = every(IDLE_MS, () => this.round(), 'webhooks');
  }

  async drain(withinMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, withinMs)));
    await Promise.race([Promise.all(this.attempts), late]);
    clearTimeout(timer);
    this.isOver = true;
    await this.poster.close();
  }

  private async round(): Promise<void> {
    const max = MAX_IN_HAND - this.attempts.size;
    const claimed = await answered(
      claimDeliveries({ max, perEndpoint: MAX_PER_ENDPOINT, inHand: this.inHand }),
    );
    for (const delivery of claimed) this.begin(delivery);
  }

  private begin(delivery: ClaimedDelivery): void {
    const { endpointId } = delivery;
    this.inHand.set(endpointId, (this.inHand.get(endpointId) ?? 0) + 1);
    const attempt = this.attempt(delivery).finally(() => {
      this.attempts.delete(attempt);
      const left = (this.inHand.get(endpointId) ?? 1) - 1;
      if (left > 0) this.inHand.set(endpointId, left);
      else this.inHand.delete(endpointId);
      // There may be more for the place that has become free.
      this.loop.wake();
    });
    this.attempts.add(attempt);
  }

  /** A result that cannot be written is lost, and the delivery tried again when its lease ends: at least once. */
  private async attempt(delivery: ClaimedDelivery): Promise<void> {
    try {
      const result = await attemptDelivery(delivery, this.poster);
      // Cut short by this process's end, it says nothing about the endpoint.
      if (!this.isOver) await answered(settleDelivery(delivery, result));
    } catch (error) {
      log.error({ err: error, endpointId: delivery.endpointId }, 'how a webhook went could not be recorded');
    }
  }
}
