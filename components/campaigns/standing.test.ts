import { describe, expect, it } from 'vitest';
import type { Campaign } from '@/lib/campaigns/schema';
import { standingOf } from './standing';

const base = {
  status: 'active',
  pending: 100,
  in_flight: 0,
  next_retry_at: null,
  waits: [] as Campaign['waits'],
  holdback: null as Campaign['holdback'],
  throttled_until: null,
  rate_factor: 1,
  rate_limit: 50,
  sender_rate_limit: 80,
  scheduled_at: null,
  start_missed_at: null,
} as Campaign;
const fresh = { workers: 1, idleMs: 0, handedOver: null };
const soon = '2026-11-24T10:00:00.000Z';

describe('standingOf', () => {
  it('waits for a choice once nobody but the held-back is left, and not before or after it', () => {
    const holdback = { winner: null, waiting: 100 } as NonNullable<Campaign['holdback']>;
    const titleOf = (changes: Partial<Campaign>) =>
      standingOf({ ...base, ...changes }, { ...fresh, idleMs: 20_000 }).title;
    expect(titleOf({ holdback })).toBe('Waiting for a choice');
    expect(titleOf({ holdback, pending: 101 })).toBe('Stalled');
    expect(titleOf({ holdback: { ...holdback, winner: 'A' } })).toBe('Stalled');
  });

  it('tells sending, waiting, stalled and paused apart, each with its cause', () => {
    const kinds = [
      standingOf(base, fresh),
      standingOf({ ...base, throttled_until: soon }, fresh),
      standingOf({ ...base, next_retry_at: soon }, { ...fresh, idleMs: 6_000 }),
      standingOf({ ...base, rate_factor: 0.4 }, fresh),
      standingOf(base, { ...fresh, workers: 0 }),
      standingOf(base, { ...fresh, idleMs: 20_000 }),
      standingOf({ ...base, in_flight: 10 }, { ...fresh, idleMs: 20_000 }),
      standingOf({ ...base, status: 'paused' }, fresh),
    ];
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'sending',
      'waiting',
      'waiting',
      'waiting',
      'stalled',
      'stalled',
      'stalled',
      'paused',
    ]);
    expect(kinds.every(({ detail }) => detail)).toBe(true);
    expect(new Set(kinds.map(({ title }) => title)).size).toBe(8);
  });

  it('takes no wait for a standstill, and no standstill for a wait', () => {
    const waits = { ...base, next_retry_at: soon };
    expect(standingOf(waits, { ...fresh, idleMs: 100_000 }).title).toBe('Waiting for retries');
    expect(standingOf({ ...waits, in_flight: 1 }, { ...fresh, idleMs: 100_000 }).kind).toBe('stalled');
    expect(standingOf({ ...base, pending: 0 }, { ...fresh, idleMs: 100_000 }).kind).toBe('sending');
  });

  it('waits for the send window once nobody else is left, and is sending while somebody is', () => {
    const held = (waiting: number): Campaign => ({
      ...base,
      waits: [{ reason: 'window', waiting, next_at: soon, last_at: soon, places: [], daily: null }],
    });
    expect(standingOf(held(100), fresh).title).toBe('Waiting for the send window');
    const byLimit = held(100);
    byLimit.waits = byLimit.waits.map((wait) => ({
      ...wait,
      reason: 'daily_limit',
      daily: { limit: 250, used: 250 },
    }));
    expect(standingOf(byLimit, fresh).title).toBe('Waiting: today’s limit is used');
    expect(standingOf(held(60), fresh).kind).toBe('sending');
    // Counted some seconds ago: the rest came to wait since.
    expect(standingOf(held(60), { ...fresh, idleMs: 20_000 }).title).toBe('Waiting for the send window');
    expect(standingOf({ ...held(60), next_retry_at: soon }, { ...fresh, idleMs: 20_000 }).title).toBe(
      'Waiting for retries',
    );
  });

  it('says of a pause what is under way, then what was handed over', () => {
    const paused = { ...base, status: 'paused' as const };
    expect(standingOf({ ...paused, in_flight: 37 }, fresh).detail).toContain('37 requests still under way');
    expect(standingOf(paused, { ...fresh, handedOver: 37 }).detail).toBe(
      '37 already handed to WhatsApp. 100 messages wait until you resume.',
    );
  });

  it("names the sender's own limit where it is the lower one", () => {
    expect(standingOf({ ...base, rate_limit: 200 }, fresh).detail).toContain('80 messages a second');
    expect(standingOf(base, fresh).detail).toContain('50 messages a second');
  });
});
