import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followLatest } from './follow';

function setUp() {
  const abort = new AbortController();
  const ended = vi.fn();
  let tell: (value: number | null) => void = () => undefined;
  const values = followLatest<number>(
    1,
    (t) => {
      tell = t;
      return ended;
    },
    { signal: abort.signal, maxSilenceMs: 15_000 },
  );
  return { values, abort, ended, tell: (value: number | null) => tell(value) };
}

describe('followLatest', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives the value at once, then each change', async () => {
    const { values, tell } = setUp();
    expect(await values.next()).toEqual({ done: false, value: 1 });
    const next = values.next();
    tell(2);
    expect(await next).toEqual({ done: false, value: 2 });
  });

  it('skips what was overtaken while nobody took it', async () => {
    const { values, tell } = setUp();
    await values.next();
    for (const value of [2, 3, 4]) tell(value);
    expect(await values.next()).toEqual({ done: false, value: 4 });
  });

  it('repeats the value after the longest silence allowed', async () => {
    const { values } = setUp();
    await values.next();
    const next = values.next();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await next).toEqual({ done: false, value: 1 });
  });

  it('ends, and its subscription with it, when the value is gone', async () => {
    const { values, tell, ended } = setUp();
    await values.next();
    tell(null);
    expect(await values.next()).toEqual({ done: true, value: undefined });
    expect(ended).toHaveBeenCalledOnce();
  });

  it('ends at once when the client goes away, leaving no timer', async () => {
    const { values, abort, ended } = setUp();
    await values.next();
    const next = values.next();
    await Promise.resolve();
    abort.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(ended).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});
