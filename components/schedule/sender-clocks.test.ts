import { describe, expect, it } from 'vitest';
import { isSameClock, senderClocksAt, senderClockWords } from './sender-clocks';

const AT = Date.UTC(2026, 10, 27, 8);
const wordsOf = (...zones: string[]) => senderClockWords(senderClocksAt(AT, zones));

describe("a moment by a sender's clocks", () => {
  it('is one time, two, or of more the first and the last', () => {
    expect(wordsOf()).toBe('');
    expect(wordsOf('Europe/Berlin')).toBe('09:00 on Friday 27 November 2026, Europe/Berlin');
    expect(wordsOf('Europe/Lisbon', 'Atlantic/Azores')).toBe(
      '07:00 on Friday 27 November 2026, Atlantic/Azores, or 08:00 on Friday 27 November 2026, Europe/Lisbon',
    );
    expect(wordsOf('America/Chicago', 'America/New_York', 'Pacific/Honolulu')).toBe(
      'from 22:00 on Thursday 26 November 2026, Pacific/Honolulu, to 03:00 on Friday 27 November 2026, America/New York',
    );
  });

  it('is told once where zones agree then, though not always', () => {
    // Arizona has no summer time.
    expect(senderClocksAt(AT, ['America/Denver', 'America/Phoenix'])).toHaveLength(1);
    expect(senderClocksAt(Date.UTC(2026, 6, 1), ['America/Denver', 'America/Phoenix'])).toHaveLength(2);
  });

  it('is the same as of another zone only if it is the only one', () => {
    expect(isSameClock(senderClocksAt(AT, ['Europe/Berlin']), AT, 'Europe/Paris')).toBe(true);
    expect(isSameClock(senderClocksAt(AT, ['Europe/Berlin']), AT, 'Europe/Lisbon')).toBe(false);
    expect(isSameClock(senderClocksAt(AT, ['Europe/Lisbon', 'Atlantic/Azores']), AT, 'Europe/Lisbon')).toBe(
      false,
    );
    expect(isSameClock([], AT, 'Europe/Lisbon')).toBe(false);
  });
});
