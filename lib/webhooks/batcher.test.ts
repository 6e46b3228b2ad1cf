import { describe, expect, it } from 'vitest';
import { createBatcher, OverloadedError } from './batcher';

/** A writer whose batches end when the test says so. */
function writer() {
  const batches: { rows: number[]; commit: () => void; fail: (error: Error) => void }[] = [];
  const write = (rows: number[]) =>
    new Promise<void>((commit, fail) => {
      batches.push({ rows, commit, fail });
    });
  return { batches, write };
}

const options = { waitMs: 5, maxRows: 4, concurrency: 1, maxWaitingRows: 6 };
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('gathering rows', () => {
  it('writes what came at the same time in one batch, and answers nobody before the commit', async () => {
    const { batches, write } = writer();
    const enqueue = createBatcher({ ...options, write });
    let done = 0;
    const calls = [[1], [2, 3]].map((rows) => enqueue(rows).then(() => (done += 1)));
    await expect.poll(() => batches.map(({ rows }) => rows)).toEqual([[1, 2, 3]]);
    expect(done).toBe(0);
    batches[0]?.commit();
    await Promise.all(calls);
    expect(done).toBe(2);
  });

  it('writes a full batch at once, and keeps the rows of one caller together', async () => {
    const { batches, write } = writer();
    const enqueue = createBatcher({ ...options, waitMs: 60_000, write });
    const calls = [enqueue([1, 2, 3]), enqueue([4, 5])];
    await tick();
    expect(batches.map(({ rows }) => rows)).toEqual([[1, 2, 3]]);
    batches[0]?.commit();
    await calls[0];
    await expect.poll(() => batches.length).toBe(2);
    batches[1]?.commit();
    await calls[1];
    expect(batches[1]?.rows).toEqual([4, 5]);
  });

  it('fails all of a failed batch and nobody else', async () => {
    const { batches, write } = writer();
    const enqueue = createBatcher({ ...options, write });
    const first = enqueue([1, 2, 3, 4]);
    const second = enqueue([5]);
    batches[0]?.fail(new Error('database down'));
    await expect(first).rejects.toThrow('database down');
    await expect.poll(() => batches.length).toBe(2);
    batches[1]?.commit();
    await second;
  });

  it('refuses more than may wait, but never a single call for its size', async () => {
    const { batches, write } = writer();
    const enqueue = createBatcher({ ...options, write });
    const big = enqueue(Array.from({ length: 50 }, (_, i) => i));
    const waiting = enqueue([1, 2, 3, 4, 5]);
    await expect(enqueue([6, 7])).rejects.toThrow(OverloadedError);
    batches[0]?.commit();
    await big;
    await expect.poll(() => batches.length).toBe(2);
    batches[1]?.commit();
    await waiting;
    const later = enqueue([8]);
    await expect.poll(() => batches.length).toBe(3);
    batches[2]?.commit();
    await later;
  });
});
