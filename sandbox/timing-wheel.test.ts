import { expect, test, vi } from 'vitest';
import { TimingWheel } from './timing-wheel';

test('everything runs once, never before its time, earlier slots first', async () => {
  const ran: { due: number; at: number }[] = [];
  const wheel = new TimingWheel<number>((due) => ran.push({ due, at: performance.now() }));
  const start = performance.now();
  for (const delay of [60, 5, 30, 0, 30]) wheel.schedule(start + delay, start + delay);
  expect(wheel.size).toBe(5);
  await vi.waitFor(() => expect(ran).toHaveLength(5));
  for (const { due, at } of ran) expect(at).toBeGreaterThanOrEqual(due - 0.5);
  expect(ran.map(({ due }) => Math.round(due - start))).toEqual([0, 5, 30, 30, 60]);
  expect(wheel.size).toBe(0);
});

test('what is discarded never runs, what is scheduled after a pause does', async () => {
  const ran: string[] = [];
  const wheel = new TimingWheel<string>((name) => ran.push(name));
  wheel.schedule('doomed', performance.now() + 10);
  wheel.schedule('kept', performance.now() + 10);
  wheel.discard((name) => name === 'doomed');
  await vi.waitFor(() => expect(ran).toEqual(['kept']));
  wheel.schedule('later', performance.now());
  await vi.waitFor(() => expect(ran).toEqual(['kept', 'later']));
});
