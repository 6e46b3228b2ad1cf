import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWatch } from './watch';

function setUp(read: (keys: string[]) => Promise<Map<string, number>>) {
  const reading = vi.fn(read);
  const onError = vi.fn();
  const watch = createWatch<number>({ read: reading, intervalMs: 250, readTimeoutMs: 5000, onError });
  return { watch, reading, onError };
}

describe('createWatch', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('reads nothing while nobody watches, and stops when the last one leaves', async () => {
    const { watch, reading } = setUp(() => Promise.resolve(new Map([['a', 1]])));
    await vi.advanceTimersByTimeAsync(1000);
    expect(reading).not.toHaveBeenCalled();
    const end = watch.subscribe('a', 1, () => undefined);
    await vi.advanceTimersByTimeAsync(1000);
    expect(reading.mock.calls.length).toBeGreaterThan(2);
    end();
    await vi.advanceTimersByTimeAsync(300);
    const calls = reading.mock.calls.length;
    await vi.advanceTimersByTimeAsync(2000);
    expect(reading).toHaveBeenCalledTimes(calls);
    expect(watch.size()).toBe(0);
  });

  it('reads all watched keys in one call', async () => {
    const { watch, reading } = setUp(() => Promise.resolve(new Map<string, number>()));
    watch.subscribe('a', 1, () => undefined);
    watch.subscribe('b', 1, () => undefined);
    watch.subscribe('b', 1, () => undefined);
    await vi.advanceTimersByTimeAsync(300);
    expect(reading).toHaveBeenLastCalledWith(['a', 'b']);
  });

  it('tells only what differs from what was seen, at most four times a second', async () => {
    let value = 0;
    const { watch } = setUp(() => Promise.resolve(new Map([['a', value++]])));
    const told: number[] = [];
    const unchanged = vi.fn();
    watch.subscribe('a', 0, (v) => told.push(v ?? -1));
    watch.subscribe('b', 7, unchanged);
    await vi.advanceTimersByTimeAsync(999);
    expect(told.length).toBeGreaterThan(1);
    expect(told.length).toBeLessThanOrEqual(4);
    expect(told).toEqual([...told].sort((x, y) => x - y));
    expect(unchanged).toHaveBeenCalledExactlyOnceWith(null);
  });

  it('never tells a value read before the subscriber came', async () => {
    let finish: (value: Map<string, number>) => void = () => undefined;
    const { watch } = setUp(() => new Promise((resolve) => (finish = resolve)));
    watch.subscribe('a', 1, () => undefined);
    await vi.advanceTimersByTimeAsync(250);
    const told = vi.fn();
    watch.subscribe('a', 5, told);
    await vi.advanceTimersByTimeAsync(300);
    finish(new Map([['a', 4]]));
    await vi.advanceTimersByTimeAsync(0);
    expect(told).not.toHaveBeenCalled();
  });

  it('outlives a failing and a hanging database', async () => {
    let mode: 'fail' | 'hang' | 'work' = 'fail';
    const { watch, onError } = setUp(() => {
      if (mode === 'fail') return Promise.reject(new Error('down'));
      if (mode === 'hang') return new Promise(() => undefined);
      return Promise.resolve(new Map([['a', 2]]));
    });
    const told = vi.fn();
    watch.subscribe('a', 1, told);
    await vi.advanceTimersByTimeAsync(2000);
    mode = 'hang';
    await vi.advanceTimersByTimeAsync(6000);
    mode = 'work';
    await vi.advanceTimersByTimeAsync(12_000);
    expect(onError.mock.calls.length).toBeGreaterThan(1);
    expect(told).toHaveBeenCalledExactlyOnceWith(2);
  });

  it('tells the others when one of them throws', async () => {
    const { watch } = setUp(() => Promise.resolve(new Map([['a', 2]])));
    const told = vi.fn();
    watch.subscribe('a', 1, () => {
      throw new Error('gone');
    });
    watch.subscribe('a', 1, told);
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toHaveBeenCalledExactlyOnceWith(2);
  });
});
