import { describe, expect, it } from 'vitest';
import { RateMeter } from './rate-meter';

/** Four counts a second at a steady rate, from 0 s. */
function sendFor(meter: RateMeter, seconds: number, perSecond: number, from = { at: 0, count: 0 }) {
  for (let i = 0; i <= seconds * 4; i += 1)
    meter.record(Math.floor(from.count + (i * perSecond) / 4), from.at + i * 250);
  return { at: from.at + seconds * 1000, count: from.count + seconds * perSecond };
}

describe('RateMeter', () => {
  it('says nothing before 20 seconds or 200 messages, then the rate', () => {
    const slow = new RateMeter();
    sendFor(slow, 19, 4);
    expect(slow.read(19_000).perSecond).toBeNull();
    sendFor(slow, 2, 4, { at: 19_000, count: 76 });
    expect(slow.read(21_000).perSecond).toBeCloseTo(4, 0);
    const fast = new RateMeter();
    sendFor(fast, 5, 50);
    expect(fast.read(5_000).perSecond).toBeCloseTo(50, 0);
  });

  it('does not take what was sent before the page stood for sent in a moment', () => {
    const meter = new RateMeter();
    meter.record(100, 0);
    const end = sendFor(meter, 8, 30, { at: 50, count: 145 });
    expect(meter.read(end.at).perSecond).toBeCloseTo(30, 0);
  });

  it('follows a change of speed within a minute', () => {
    const meter = new RateMeter();
    const end = sendFor(meter, 60, 50);
    sendFor(meter, 60, 10, end);
    expect(meter.read(120_000).perSecond).toBeGreaterThan(9);
    expect(meter.read(120_000).perSecond).toBeLessThan(13);
  });

  it('falls while nothing comes, and says since when', () => {
    const meter = new RateMeter();
    sendFor(meter, 20, 50);
    const { perSecond, idleMs } = meter.read(80_000);
    expect(perSecond).toBeLessThan(5);
    expect(idleMs).toBe(60_000);
  });

  it('takes a count that falls, as by a retry, for no sending', () => {
    const meter = new RateMeter();
    const end = sendFor(meter, 20, 50);
    meter.record(end.count - 900, end.at + 250);
    sendFor(meter, 20, 50, { at: end.at + 250, count: end.count - 900 });
    expect(meter.read(end.at + 20_250).perSecond).toBeCloseTo(50, -1);
  });

  it('keeps a minute of history in messages a second, without the bucket that is filling', () => {
    const meter = new RateMeter();
    sendFor(meter, 90, 40);
    const { history } = meter.read(90_900);
    expect(history).toHaveLength(30);
    expect(Math.min(...history)).toBeGreaterThan(30);
    expect(Math.max(...history)).toBeLessThan(50);
  });
});
