import { describe, expect, it } from 'vitest';
import type { Sender } from '@/lib/senders/schema';
import { warningsOf } from './warnings';

const sender = {
  name: 'Shop',
  sandbox: false,
  status: 'CONNECTED',
  quality_rating: 'GREEN',
  messaging_limit: 'TIER_1K',
} as Sender;

interface Facts {
  category?: string;
  others?: { template: { category: string }; share: number }[];
  willSend?: number;
  us?: number;
  used?: number;
}

function titles(
  more: Partial<Sender>,
  { category = 'UTILITY', others = [], willSend = 1000, us = 0, used = 0 }: Facts = {},
) {
  const counts = { total: willSend, willSend, invalid: 0, missing: 0, duplicate: 0, suppressed: 0 };
  const countries = [
    { country: 'DE', count: willSend - us },
    ...(us > 0 ? [{ country: 'US', count: us }] : []),
  ];
  return warningsOf({
    sender: { ...sender, ...more },
    messages: [{ template: { category }, share: others.length > 0 ? 60 : 100 }, ...others],
    check: { counts, countries },
    dailyUsed: used,
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
    expect(titles({}, { willSend: 1001 })).toEqual([
      '1,001 exceeds today’s limit of 1,000 people: 1,000 go today, the rest over 1 day',
    ]);
    expect(titles({}, { willSend: 2_480, used: 200 })).toEqual([
      '2,480 exceeds today’s limit of 1,000 people (200 used): 800 go today, the rest over 2 days',
    ]);
    expect(titles({}, { willSend: 1, used: 1_000 })).toEqual([
      '1 exceeds today’s limit of 1,000 people (1,000 used): nobody goes today, the rest over 1 day',
    ]);
    expect(titles({}, { willSend: 800, used: 200 })).toEqual([]);
    expect(titles({ messaging_limit: 'TIER_UNLIMITED' }, { willSend: 1_000_000 })).toEqual([]);
  });

  it('tells of marketing to the United States, and of the sandbox', () => {
    expect(titles({}, { category: 'MARKETING', us: 12 })).toEqual([
      '12 messages to the United States may not be delivered',
    ]);
    expect(titles({}, { category: 'UTILITY', us: 12 })).toEqual([]);
    const marketing = { template: { category: 'MARKETING' }, share: 40 };
    expect(titles({}, { category: 'UTILITY', others: [marketing], us: 10 })).toEqual([
      'About 4 messages to the United States may not be delivered',
    ]);
    expect(titles({}, { category: 'MARKETING', others: [marketing], us: 10 })).toEqual([
      '10 messages to the United States may not be delivered',
    ]);
    expect(titles({ sandbox: true })).toEqual(['Sandbox sender']);
  });
});
