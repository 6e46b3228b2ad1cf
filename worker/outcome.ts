import type { ClaimedRecipient } from '@/lib/recipients/claim';
import type { Result } from '@/lib/recipients/settle';
import { MAX_ATTEMPTS } from '@/lib/recipients/status';
import { failureMessage } from '@/lib/whatsapp/errors';
import type { Outcome, ProviderError } from '@/lib/whatsapp/types';

/** Waits before the second, third, … attempt, ms; each ± 25 %. */
const RETRY_WAITS_MS = [2_000, 8_000, 30_000, 120_000];
/** Pair rate: WhatsApp asks for 4^n seconds; §2 of the wire reference. */
const PAIR_WAIT_BASE_MS = 4;
const MAX_PAIR_REFUSALS = 6;

/** What an outcome makes of the recipient: one result for each, nothing else decides. */
export function resultOf(
  outcome: Outcome,
  recipient: ClaimedRecipient,
  random: () => number = Math.random,
): Result {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'accepted', wamid: outcome.wamid, held: outcome.held };
    case 'throttled':
      return outcome.scope === 'sender'
        ? { kind: 'snoozed', waitMs: 0, pairRefusal: false }
        : { kind: 'snoozed', waitMs: pairWaitMs(recipient.pairRefusals), pairRefusal: true };
    case 'retryable':
      return retryOrFail(outcome.error, recipient, random);
    case 'rejected':
      return { kind: 'failed', ...recorded(outcome.error) };
    case 'media_lost':
    case 'blocked':
      // The campaign waits for its file, or pauses; this recipient waits with the others, unharmed.
      return { kind: 'snoozed', waitMs: 0, pairRefusal: false };
    case 'ambiguous':
      return { kind: 'in_doubt', ...recorded(outcome.error) };
  }
}

function retryOrFail(error: ProviderError, recipient: ClaimedRecipient, random: () => number): Result {
  const attempts = recipient.attempt - recipient.failedAttempt;
  const wait = RETRY_WAITS_MS[attempts - 1];
  if (attempts >= MAX_ATTEMPTS || wait === undefined) return { kind: 'failed', ...recorded(error) };
  return { kind: 'retry', waitMs: wait * (0.75 + 0.5 * random()), ...recorded(error) };
}

function pairWaitMs(refusals: number): number {
  return PAIR_WAIT_BASE_MS ** Math.min(refusals, MAX_PAIR_REFUSALS) * 1000;
}

function recorded(error: ProviderError): { errorCode: number | null; errorMessage: string } {
  return { errorCode: error.code, errorMessage: failureMessage(error) };
}
