import { describe, expect, it } from 'vitest';
import { ERROR_TABLE, findError } from './error-table';
import { failureMessage, pauseAfterFor, pauseReasonFor, remedyFor, suppressesContact } from './errors';
import type { ProviderError } from './types';

const providerError = (more: Partial<ProviderError>): ProviderError => ({
  code: 190,
  message: 'Error validating access token',
  details: null,
  httpStatus: 401,
  ...more,
});

describe('the table', () => {
  it('holds each code once', () => {
    const singles = ERROR_TABLE.flatMap(({ codes }) => codes.filter((code) => typeof code === 'number'));
    expect(new Set(singles).size).toBe(singles.length);
    for (const { codes } of ERROR_TABLE) {
      for (const code of codes) {
        if (typeof code === 'number') continue;
        expect(singles.filter((single) => single >= code[0] && single <= code[1])).toEqual([]);
      }
    }
  });

  it('says of every row what happened and what to do, as clauses that join into sentences', () => {
    for (const { meaning, remedy } of ERROR_TABLE) {
      expect(meaning).toMatch(/^[A-Z].{10,}[^.]$/);
      expect(remedy).toMatch(/^(?![A-Z](?![A-Z])).{5,}[^.]$/);
    }
  });

  it('knows the ends of its ranges and nothing beyond', () => {
    expect([200, 299, 133005, 133009].map((code) => findError(code)?.class)).toEqual(
      Array(4).fill('blocked_sender'),
    );
    expect([199, 300, 133011, -1].map((code) => findError(code))).toEqual(Array(4).fill(undefined));
  });

  it('brakes where the same mistake would fail everybody, and only there', () => {
    expect([100, 131008, 131009, 132000, 132012, 132018, 135000].map(pauseAfterFor)).toEqual(
      Array(7).fill(20),
    );
    expect(pauseAfterFor(131026)).toBeUndefined();
    expect(pauseAfterFor(null)).toBeUndefined();
  });

  it('suppresses those who said no, and nobody else', () => {
    expect([130403, 131050].map(suppressesContact)).toEqual([true, true]);
    expect([131026, 131049, 999_999, null].map(suppressesContact)).toEqual(Array(4).fill(false));
  });
});

describe('the words', () => {
  it('give a remedy for every code, known or not', () => {
    expect(remedyFor(131026)).toMatch(/^Could not be delivered: not on WhatsApp.*\.$/);
    expect(remedyFor(999_999)).toContain('999999');
    expect(remedyFor(null)).toMatch(/\.$/);
  });

  it("keep Meta's own words beside the remedy", () => {
    const message = failureMessage(
      providerError({ code: 132000, message: 'Mismatch', details: 'Expected 2' }),
    );
    expect(message).toBe(`${remedyFor(132000)} WhatsApp said: Mismatch: Expected 2 (code 132000).`);
  });

  it('for an unknown code are Meta\'s: "WhatsApp said"', () => {
    expect(failureMessage(providerError({ code: 999_999, message: 'New.' }))).toBe(
      'WhatsApp said: New (code 999999).',
    );
  });

  it('of a pause say what happened and what to do', () => {
    expect(pauseReasonFor(providerError({}))).toBe(
      "WhatsApp no longer accepts this sender's access token (code 190): put a new access token in the sender's settings, then resume.",
    );
    expect(pauseReasonFor(providerError({ code: 132000 }), 20)).toMatch(/^20 messages in a row/);
    const lost = { code: null, httpStatus: null, message: 'WhatsApp did not answer in time.', details: null };
    expect(pauseReasonFor(lost, 5)).toContain('did not answer in time. Check');
    expect(pauseReasonFor(providerError({ code: 999_999 }))).toContain('WhatsApp said');
  });
});
