import { describe, expect, it } from 'vitest';
import type { Campaign } from '@/lib/campaigns/schema';
import { hasNobodyToSendTo } from './progress';

describe('hasNobodyToSendTo', () => {
  const draft = { status: 'draft', started_at: null, pending: 0 } as Campaign;

  it('is so for what could be started and has nobody waiting', () => {
    expect(hasNobodyToSendTo(draft)).toBe(true);
    expect(hasNobodyToSendTo({ ...draft, status: 'scheduled' })).toBe(true);
    expect(hasNobodyToSendTo({ ...draft, pending: 1 })).toBe(false);
  });

  it('is not so for what has begun, which may be resumed to its end, nor for what has ended', () => {
    expect(hasNobodyToSendTo({ ...draft, status: 'paused', started_at: '2026-11-24T10:00:00.000Z' })).toBe(
      false,
    );
    expect(hasNobodyToSendTo({ ...draft, status: 'stopped' })).toBe(false);
  });
});
