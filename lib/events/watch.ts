import { withinMs } from '@/lib/time-limit';

/** Keys somebody watches, read together and no more often than needed. */
export interface Watch<V> {
  /**
   * Calls back whenever the value behind `key` differs from `seen` and then from what was told last; null
   * when it is gone. Returns the end of it.
   */
  subscribe: (key: string, seen: V, tell: (value: V | null) => void) => () => void;
  /** How many keys are being watched. */
  size: () => number;
}

export interface WatchOptions<V> {
  /** Reads all of them at once; a key that is missing from the answer is gone. */
  read: (keys: string[]) => Promise<Map<string, V>>;
  /** From the end of one reading to the start of the next, ms. */
  intervalMs: number;
  /** A reading that takes longer is given up, ms. */
  readTimeoutMs: number;
  onError: (error: unknown) => void;
}

interface Subscriber<V> {
  last: string;
  /** On performance.now(): no sooner, so that nobody hears more often than once an interval. */
  notBefore: number;
  tell: (value: V | null) => void;
}

/** After a failed reading the next one waits this many intervals. */
const RECOVERY_FACTOR = 4;

/**
 * One poller however many watch, and none while nobody does. Not LISTEN/NOTIFY: a notification a message
 * would queue every commit of the engine on one global lock.
 */
export function createWatch<V>(options: WatchOptions<V>): Watch<V> {
  const subscribers = new Map<string, Set<Subscriber<V>>>();
  let running = false;

  async function poll(): Promise<void> {
    running = true;
    while (subscribers.size > 0) {
      let delayMs = options.intervalMs;
      try {
        // Who comes while the reading is under way may have seen something newer than it brings.
        const present = [...subscribers].map(([key, group]) => ({ key, group, asked: [...group] }));
        const values = await withinMs(
          options.readTimeoutMs,
          options.read([...subscribers.keys()]),
          () => new Error('The reading took too long.'),
        );
        for (const { key, group, asked } of present) tellChange<V>(group, asked, values.get(key) ?? null);
      } catch (error) {
        options.onError(error);
        delayMs *= RECOVERY_FACTOR;
      }
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
    running = false;
  }

  return {
    subscribe(key, seen, tell) {
      const notBefore = performance.now() + options.intervalMs;
      const subscriber: Subscriber<V> = { last: JSON.stringify(seen), notBefore, tell };
      const group = subscribers.get(key) ?? new Set();
      subscribers.set(key, group.add(subscriber));
      if (!running) void poll();
      return () => {
        group.delete(subscriber);
        if (group.size === 0 && subscribers.get(key) === group) subscribers.delete(key);
      };
    },
    size: () => subscribers.size,
  };
}

/** One subscriber's fault must not cost the others their news. */
function tellChange<V>(group: Set<Subscriber<V>>, asked: Subscriber<V>[], value: V | null): void {
  const text = JSON.stringify(value);
  for (const subscriber of asked) {
    if (!group.has(subscriber) || subscriber.last === text) continue;
    if (performance.now() < subscriber.notBefore) continue;
    subscriber.last = text;
    try {
      subscriber.tell(value);
    } catch {
      group.delete(subscriber);
    }
  }
}
