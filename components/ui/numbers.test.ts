import { describe, expect, it } from 'vitest';
import { countOf, formatShare } from './numbers';

describe('formatShare', () => {
  it.each([
    [1, 2, '50%'],
    [1, 3, '33.3%'],
    [0, 10, '0%'],
    [10, 10, '100%'],
    [0, 0, '–'],
    [99_999, 100_000, '>99.9%'],
    [1, 100_000, '<0.1%'],
  ])('shows %d of %d as %s', (part, of, shown) => {
    expect(formatShare(part, of)).toBe(shown);
  });
});

describe('countOf', () => {
  it('has a singular and groups thousands', () => {
    expect(countOf(1, 'message')).toBe('1 message');
    expect(countOf(12_480, 'message')).toBe('12,480 messages');
    expect(countOf(2, 'person', 'people')).toBe('2 people');
  });
});
