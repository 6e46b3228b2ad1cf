import { expect, test } from 'vitest';
import type { ClaimedRecipient } from '@/lib/recipients/claim';
import type { ProviderError } from '@/lib/whatsapp/types';
import { resultOf } from './outcome';

const error: ProviderError = {
  code: 131000,
  message: 'Something went wrong',
  details: null,
  httpStatus: 500,
};

function recipient(attempt: number, changes: Partial<ClaimedRecipient> = {}): ClaimedRecipient {
  return {
    id: 'r',
    seq: 1,
    phone: '+12025550100',
    attempt,
    failedAttempt: 0,
    pairRefusals: 0,
    variant: null,
    cells: [],
    ...changes,
  };
}

test('throttling burns no attempt and fails nobody, however often', () => {
  const result = resultOf({ kind: 'throttled', scope: 'sender', error }, recipient(5));
  expect(result).toEqual({ kind: 'snoozed', waitMs: 0, pairRefusal: false });
});

test.each([0, 1, 2, 3])('the pair limit makes this recipient alone wait 4^%i seconds', (n) => {
  const result = resultOf(
    { kind: 'throttled', scope: 'recipient', error },
    recipient(1, { pairRefusals: n }),
  );
  expect(result).toEqual({ kind: 'snoozed', waitMs: 4 ** n * 1000, pairRefusal: true });
});

test('other causes are tried five times, after growing waits, then fail', () => {
  const waits = [1, 2, 3, 4].map((attempt) => {
    const result = resultOf({ kind: 'retryable', error }, recipient(attempt), () => 0.5);
    return result.kind === 'retry' ? result.waitMs : null;
  });
  expect(waits).toEqual([2000, 8000, 30_000, 120_000]);
  expect(resultOf({ kind: 'retryable', error }, recipient(5)).kind).toBe('failed');
});

test('attempts before a person asked for a retry do not count', () => {
  expect(resultOf({ kind: 'retryable', error }, recipient(6, { failedAttempt: 5 })).kind).toBe('retry');
});

test('a doomed message goes back unharmed; an ambiguous one is never queued again by itself', () => {
  expect(resultOf({ kind: 'blocked', scope: 'sender', error }, recipient(1)).kind).toBe('snoozed');
  expect(resultOf({ kind: 'ambiguous', error }, recipient(1)).kind).toBe('in_doubt');
});
