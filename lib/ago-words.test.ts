import { describe, expect, it } from 'vitest';
import { agoWords } from './ago-words';

const MINUTE = 60_000;

describe('how long ago', () => {
  it.each([
    [0, 'just now'],
    [59_999, 'just now'],
    [MINUTE, '1 min ago'],
    [59 * MINUTE, '59 min ago'],
    [60 * MINUTE, '1 hour ago'],
    [47 * 60 * MINUTE, '1 day ago'],
    [48 * 60 * MINUTE, '2 days ago'],
  ])('%i ms is "%s"', (passedMs, words) => {
    expect(agoWords(1_000_000, 1_000_000 + passedMs)).toBe(words);
  });

  it('is never in the future, whatever the clocks say', () => {
    expect(agoWords(2_000, 1_000)).toBe('just now');
  });
});
