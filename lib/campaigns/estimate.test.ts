import { describe, expect, it } from 'vitest';
import { durationWords, estimateSending, workersFor } from './estimate';

const speed = { workerCount: 10, rateLimit: 1000, senderRateLimit: 1000 };

describe('the estimate', () => {
  it('says what ten workers reach and how long 12,480 messages take', () => {
    const estimate = estimateSending(12_480, speed);
    expect(Math.floor(estimate.perSecond)).toBe(55);
    expect(estimate.boundBy).toBe('workers');
    expect(durationWords(estimate.seconds)).toBe('about 4 minutes');
  });

  it("never promises more than the campaign's or the sender's limit, and names the one that holds", () => {
    expect(estimateSending(100, { ...speed, rateLimit: 20 })).toMatchObject({
      perSecond: 20,
      seconds: 5,
      boundBy: 'campaign',
    });
    expect(estimateSending(100, { ...speed, rateLimit: 40, senderRateLimit: 10 })).toMatchObject({
      perSecond: 10,
      boundBy: 'sender',
    });
  });

  it('knows the fewest workers for a rate', () => {
    for (const rate of [1, 5, 50, 80, 500]) {
      const workers = workersFor(rate);
      expect(estimateSending(1, { ...speed, workerCount: workers }).workersPerSecond).toBeGreaterThanOrEqual(
        rate,
      );
      if (workers > 1) expect(((workers - 1) * 1000) / 180).toBeLessThan(rate);
    }
    expect(workersFor(1000)).toBe(100);
  });
});

describe('a duration in words', () => {
  it.each([
    [0, 'a few seconds'],
    [12, 'about 10 seconds'],
    [54, 'about 50 seconds'],
    [56, 'about a minute'],
    [240, 'about 4 minutes'],
    [89 * 60, 'about 89 minutes'],
    [90 * 60, 'about 1 h 30 min'],
    [119 * 60, 'about 2 h'],
    [200 * 60, 'about 3 h 20 min'],
  ])('%i seconds is “%s”', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });
});
