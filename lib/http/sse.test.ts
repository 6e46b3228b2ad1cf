import { describe, expect, it, vi } from 'vitest';
import { asWorkspaceId } from '@/lib/tenant';
import { eventStream, formatEvent, type ServerSentEvent } from './sse';

const user = {
  workspaceId: asWorkspaceId('w'),
  userId: 'u',
  email: 'a@example.com',
  name: null,
  sessionId: 's',
};
const isAllowed = () => Promise.resolve(true);

/** Waits until the stream's signal aborts, as a source that listens for changes does. */
function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}

function reader(response: Response) {
  if (!response.body) throw new Error('no body');
  const raw = response.body.getReader();
  const decoder = new TextDecoder();
  return {
    next: async () => {
      const { done, value } = await raw.read();
      return done ? undefined : decoder.decode(value);
    },
    cancel: () => raw.cancel(),
  };
}

describe('an event stream', () => {
  it('is not to be cached, compressed or held back', () => {
    const response = eventStream(new Request('http://h/'), user, async function* () {}, { isAllowed });
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
  });

  it('sends each event on its own, and ends with its source', async () => {
    async function* source(): AsyncGenerator<ServerSentEvent> {
      yield { event: 'campaign', data: { name: 'a\nb' } };
      yield { event: 'campaign', data: 2, id: '7' };
    }
    const events = reader(eventStream(new Request('http://h/'), user, source, { isAllowed }));
    expect(await events.next()).toBe('retry: 2000\n\n');
    expect(await events.next()).toBe('event: campaign\ndata: {"name":"a\\nb"}\n\n');
    expect(await events.next()).toBe('id: 7\nevent: campaign\ndata: 2\n\n');
    expect(await events.next()).toBeUndefined();
  });

  it('ends its source when the client goes away', async () => {
    const ended = vi.fn();
    async function* source(signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
      try {
        yield { event: 'campaign', data: 1 };
        await untilAborted(signal);
      } finally {
        ended();
      }
    }
    const client = new AbortController();
    const request = new Request('http://h/', { signal: client.signal });
    const byRequest = reader(eventStream(request, user, source, { isAllowed }));
    await byRequest.next();
    await byRequest.next();
    client.abort();
    await vi.waitFor(() => {
      expect(ended).toHaveBeenCalledTimes(1);
    });

    const byStream = reader(eventStream(new Request('http://h/'), user, source, { isAllowed }));
    await byStream.next();
    await byStream.next();
    await byStream.cancel();
    await vi.waitFor(() => {
      expect(ended).toHaveBeenCalledTimes(2);
    });
  });

  it('beats while nothing happens, and ends when the session has', async () => {
    let live = true;
    async function* source(signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
      await untilAborted(signal);
      yield* [];
    }
    const events = reader(
      eventStream(new Request('http://h/'), user, source, {
        heartbeatMs: 5,
        checkMs: 5,
        isAllowed: async () => live,
      }),
    );
    await events.next();
    expect(await events.next()).toBe(': heartbeat\n\n');
    live = false;
    let last: string | undefined;
    do last = await events.next();
    while (last !== undefined);
    expect(last).toBeUndefined();
  });

  it('ends when it cannot be told whether the session is live', async () => {
    async function* source(signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
      await untilAborted(signal);
      yield* [];
    }
    const events = reader(
      eventStream(new Request('http://h/'), user, source, {
        checkMs: 5,
        isAllowed: () => Promise.reject(new Error('database away')),
      }),
    );
    let last: string | undefined;
    do last = await events.next();
    while (last !== undefined);
  });
});

describe('formatEvent', () => {
  it('keeps line ends of the data inside the JSON, so that nobody can forge an event', () => {
    expect(formatEvent({ event: 'x', data: 'a\n\nevent: y' })).toBe('event: x\ndata: "a\\n\\nevent: y"\n\n');
  });
});
