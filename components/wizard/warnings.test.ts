import { describe, expect, it } from 'vitest';
import type { Sender } from '@/lib/senders/schema';
import type { Template } from '@/lib/templates/schema';
import { warningsOf } from './warnings';

const sender = {
  name: 'Shop',
  sandbox: false,
  status: 'CONNECTED',
  quality_rating: 'GREEN',
  messaging_limit: 'TIER_1K',
} as Sender;

function titles(more: Partial<Sender>, { category = 'UTILITY', willSend = 1000, us = 0 } = {}) {
  const counts = { total: willSend, willSend, invalid: 0, missing: 0, duplicate: 0, suppressed: 0 };
  const countries = [
    { country: 'DE', count: willSend - us },
    ...(us > 0 ? [{ country: 'US', count: us }] : []),
  ];
  return warningsOf({
    sender: { ...sender, ...more },
    template: { category } as Template,
    check: { counts, countries },
  }).map(({ title }) => title);
}

describe('a warning', () => {
  it('is not given where all is well', () => {
    expect(titles({})).toEqual([]);
  });

  it('names a number that cannot send, or may not, and one of low quality', () => {
    expect(titles({ status: 'RESTRICTED' })).toEqual(['The number of “Shop” cannot send']);
    expect(titles({ status: 'PENDING', quality_rating: 'RED' })).toEqual([
      'The number of “Shop” is not connected',
      'This number’s quality is low (RED)',
    ]);
  });

  it('says by how much a list exceeds the daily limit', () => {
    expect(titles({}, { willSend: 1001 })).toEqual(['1,001 exceeds this number’s 1,000 people in 24 hours']);
    expect(titles({ messaging_limit: 'TIER_UNLIMITED' }, { willSend: 1_000_000 })).toEqual([]);
  });

  it('tells of marketing to the United States, and of the sandbox', () => {
    expect(titles({}, { category: 'MARKETING', us: 12 })).toEqual([
      '12 messages to the United States may not be delivered',
    ]);
    expect(titles({}, { category: 'UTILITY', us: 12 })).toEqual([]);
    expect(titles({ sandbox: true })).toEqual(['Sandbox sender']);
  });
});
