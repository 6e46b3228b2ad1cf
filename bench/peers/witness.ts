import type { LedgerSummary } from '@/tests/support/herd';

/**
 * Why a run does not count, by the sandbox's ledger and by what is stored; null when every recipient was sent to
 * exactly once and has its result. `stored` is null where nothing is.
 */
export function faultOf(seen: LedgerSummary, stored: number | null, recipients: number): string | null {
  if (seen.duplicate_recipients > 0) return `${seen.duplicate_recipients} recipients were sent to twice`;
  if (seen.accepted !== recipients) return `${seen.accepted} of ${recipients} were sent to`;
  if (seen.posts !== seen.accepted) return `${seen.posts - seen.accepted} requests were refused`;
  if (stored !== null && stored !== recipients) return `${stored} of ${recipients} results were stored`;
  return null;
}
