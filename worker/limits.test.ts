import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HANDOVER_MS } from '@/lib/pacing/constants';
import { Limit } from './limits';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const allowedNow = (limit: Limit) => limit.window.allowedUntil(performance.now());

test('who comes back under a new lease waits for its share like a newcomer: the others use it', () => {
  const limit = new Limit();
  const standing = { rank: 0, participants: 2 };
  limit.update(40, standing, 'first');
  vi.advanceTimersByTime(HANDOVER_MS);
  limit.update(40, standing, 'first');
  expect(allowedNow(limit)).toBe(20);
  limit.update(40, standing, 'second');
  expect(allowedNow(limit)).toBe(0);
  vi.advanceTimersByTime(HANDOVER_MS);
  limit.update(40, standing, 'second');
  expect(allowedNow(limit)).toBe(20);
});
