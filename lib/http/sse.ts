import { isStillIn } from '@/lib/auth/authenticate';
import type { AuthUser } from '@/lib/auth/user';

export interface ServerSentEvent {
  event: string;
  /** Sent as JSON. */
  data: unknown;
  id?: string;
}

export interface EventStreamOptions {
  heartbeatMs?: number;
  checkMs?: number;
  /** Asked every `checkMs`: signing out or revoking the key ends the open streams too. */
  isAllowed?: () => Promise<boolean>;
}

const defaultHeartbeatMs = 15_000;
const defaultCheckMs = 2_000;
const reconnectMs = 2_000;

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // no-transform keeps compressing proxies from holding events back, the last one does the same for nginx.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/**
 * Answers with the events of `source`, pulled one at a time as the client takes them. `source` gets a signal
 * that aborts when the client goes away or its session ends; it should end then. An error in it closes the
 * stream, and EventSource comes again by itself.
 */
export function eventStream(
  request: Request,
  user: AuthUser,
  source: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>,
  options: EventStreamOptions = {},
): Response {
  const isAllowed = options.isAllowed ?? (() => isStillIn(user));
  const abort = new AbortController();
  const signal = AbortSignal.any([request.signal, abort.signal]);
  const events = source(signal)[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const timers: NodeJS.Timeout[] = [];

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const end = () => {
        for (const timer of timers) clearInterval(timer);
        closeQuietly(controller);
        // A generator that waits inside runs this only once its wait ends, which the signal brings about.
        events.return?.().catch(() => undefined);
      };
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) return end();
      controller.enqueue(encoder.encode(`retry: ${reconnectMs}\n\n`));
      const beat = () => {
        // A client that takes nothing needs no heartbeat on top of what it has not read.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': heartbeat\n\n'));
      };
      const check = () => {
        isAllowed().then(
          (allowed) => {
            if (!allowed) abort.abort();
          },
          () => {
            abort.abort();
          },
        );
      };
      timers.push(setInterval(beat, options.heartbeatMs ?? defaultHeartbeatMs));
      timers.push(setInterval(check, options.checkMs ?? defaultCheckMs));
    },
    async pull(controller) {
      try {
        const next = await events.next();
        if (signal.aborted) return;
        if (next.done) abort.abort();
        else controller.enqueue(encoder.encode(formatEvent(next.value)));
      } catch {
        abort.abort();
      }
    },
    cancel() {
      abort.abort();
    },
  });
  return new Response(body, { headers });
}

/** One event on the wire. JSON holds no line ends, so `data` is one line. */
export function formatEvent({ event, data, id }: ServerSentEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

function closeQuietly(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close();
  } catch {
    // Already closed or cancelled by the client.
  }
}
