import { expect, test } from 'vitest';
import { compareVariants } from '@/lib/variants/compare';
import { VARIANT_KEYS } from '@/lib/variants/keys';
import { comparisonWords } from './words';

const wordsOf = (...shares: [read: number, delivered: number][]) =>
  comparisonWords(
    compareVariants(
      shares.map(([read, delivered], i) => ({
        key: VARIANT_KEYS[i] ?? 'A',
        ...{ sent: delivered, delivered, read, failed: 0, replied: 0 },
      })),
      'read',
    ),
  );

test('what is said is no more than what is known', () => {
  expect(wordsOf([0, 0], [0, 0])).toEqual(['Nothing is known yet.']);
  expect(wordsOf([10, 50], [20, 50])).toEqual([
    'B is 20 points above A so far: not enough yet. Each needs at least 100 people.',
  ]);
  expect(wordsOf([300, 1000], [320, 1000])).toEqual([
    'B is 2 points above A, but it may be chance: the true difference is likely between −2.1 and +6 points.',
  ]);
  expect(wordsOf([400, 1000], [300, 1000])).toEqual([
    'B is 10 points below A, and that is more than chance: the true difference is likely between −14.1 and −5.8 points.',
  ]);
  expect(wordsOf([300, 1000], [300, 1000])[0]).toMatch(/^B is level with A, but it may be chance/);
});
