import { describe, expect, it } from 'vitest';
import { deedWords, detailWords } from './words';

describe('the words of the activity log', () => {
  it('say what was done, also of a kind they do not know', () => {
    expect(deedWords('api_key_made')).toBe('made the API key');
    expect(deedWords('sender_blessed')).toBe('sender blessed:');
  });

  it('tell what else is known, and leave out what a person cannot read', () => {
    const detail = {
      reason: 'asked by phone',
      fields: ['name', 'rate_limit'],
      rows: 12,
      sandbox: false,
      name: null,
      nested: { a: 1 },
      nothing: '',
      access: 'full',
      source: 'manual',
    };
    expect(detailWords(detail)).toEqual([
      'reason: asked by phone',
      'fields: name, rate limit',
      'rows: 12',
      'sandbox: no',
      'full access',
      'Added by hand',
    ]);
  });
});
