import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HANDOVER_MS } from './constants';
import { partOf, Share } from './share';

test('the parts of a limit add up to it, however many share it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 40 }), (limit, participants) => {
      const parts = Array.from({ length: participants }, (_, rank) => partOf(limit, { rank, participants }));
      expect(parts.reduce((a, b) => a + b)).toBe(limit);
    }),
  );
});

test('alone, a process has all of it at once', () => {
  const share = new Share();
  share.update({ rank: 0, participants: 1 }, 0);
  expect(share.of(80, 0)).toBe(80);
});

test('a newcomer takes its part only when the others have let go of theirs', () => {
  const [old, young] = [new Share(), new Share()];
  old.update({ rank: 0, participants: 1 }, 0);
  young.update({ rank: 1, participants: 2 }, 1000);
  expect(old.of(80, 1000) + young.of(80, 1000)).toBe(80);
  old.update({ rank: 0, participants: 2 }, 1400);
  expect([old.of(80, 1400), young.of(80, 1400)]).toEqual([40, 0]);
  expect(young.of(80, 1000 + HANDOVER_MS)).toBe(40);
});

test('a higher limit is used at once, a lower one too', () => {
  const share = new Share();
  share.update({ rank: 0, participants: 1 }, 0);
  expect([share.of(10, 1), share.of(200, 2), share.of(5, 3)]).toEqual([10, 200, 5]);
});
