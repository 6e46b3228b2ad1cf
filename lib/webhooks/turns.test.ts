import { expect, it } from 'vitest';
import { createTurns } from './turns';

const round = () => new Promise((resolve) => setImmediate(resolve));

it('gives out turns in order, a few in each round of the event loop', async () => {
  const turns = createTurns(2);
  const went: number[] = [];
  const all = [1, 2, 3, 4, 5].map((n) => turns.next().then(() => went.push(n)));
  await Promise.resolve();
  expect(went).toEqual([]);
  const seen: number[][] = [];
  for (let i = 0; i < 3; i += 1) {
    await round();
    seen.push([...went]);
  }
  expect(seen).toEqual([
    [1, 2],
    [1, 2, 3, 4],
    [1, 2, 3, 4, 5],
  ]);
  await Promise.all(all);
});

it('begins anew after all had their turn', async () => {
  const turns = createTurns(1);
  await turns.next();
  await turns.next();
  await Promise.all([turns.next(), turns.next()]);
});
