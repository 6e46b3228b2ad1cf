import { describe, expect, it } from 'vitest';
import { durationWords, limitWords, qualityWords, statusWords, throughputWords } from './words';

describe("Meta's words", () => {
  it('for the daily limit are told in people', () => {
    expect(limitWords('TIER_10K')).toBe('10,000 people a day');
    expect(limitWords(null)).toBe('Not known yet');
  });

  it('for throughput say how fast that is', () => {
    expect(throughputWords('HIGH')).toBe('High, up to 1,000 messages a second');
    expect(throughputWords('NOT_APPLICABLE')).toBe('Not known yet');
  });

  it('that are new here are shown as they are, and never taken for good', () => {
    expect(limitWords('TIER_5M')).toBe('TIER_5M');
    expect(throughputWords('ULTRA')).toBe('ULTRA');
    expect(qualityWords('PURPLE')).toEqual({ word: 'Not rated yet', tone: 'unknown' });
    expect(statusWords('ON_HOLD')).toMatchObject({ word: 'On hold', tone: 'careful' });
  });
});

describe('how long a count takes', () => {
  it.each([
    [10_000, 1000, 'about 10 seconds'],
    [10_000, 80, 'about 2 minutes'],
    [10_000, 1, 'about 2.8 hours'],
    [1, 80, 'about 1 second'],
  ])('%i at %i a second', (messages, perSecond, words) => {
    expect(durationWords(messages, perSecond)).toBe(words);
  });
});
