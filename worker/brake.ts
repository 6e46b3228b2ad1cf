import { failureMessage, pauseAfterFor, pauseReasonFor } from '@/lib/whatsapp/errors';
import type { Outcome, ProviderError } from '@/lib/whatsapp/types';

/** Lost answers, or refused connections, in a row: then only a message a second goes out to probe. */
const PROBE_AFTER = 5;
/** … then the campaign pauses: an outage must not turn a whole list into doubt. */
const PAUSE_AFTER_TROUBLE = 20;
/** Refusals in a row, for whatever causes: then something is wrong with the list or the account. */
const PAUSE_AFTER_FAILURES = 100;

export type Braking = { kind: 'none' } | { kind: 'probe' } | { kind: 'pause'; reason: string };

const NONE: Braking = { kind: 'none' };

/** Watches a campaign's outcomes in this process for runs of trouble. Any accepted message ends a run. */
export class Brake {
  private trouble = 0;
  private failures = 0;
  private sameFailure = { code: null as number | null, inARow: 0 };

  observe(outcome: Outcome): Braking {
    switch (outcome.kind) {
      case 'accepted':
        this.reset();
        return NONE;
      case 'ambiguous':
      case 'retryable':
        return this.observeTrouble(outcome.error);
      case 'rejected':
        this.trouble = 0;
        return this.observeFailure(outcome.error);
      case 'throttled':
      case 'media_lost':
      case 'blocked':
        return NONE;
    }
  }

  /** It was pulled: resumed, the campaign gets its chances anew. */
  reset(): void {
    this.trouble = 0;
    this.failures = 0;
    this.sameFailure = { code: null, inARow: 0 };
  }

  private observeTrouble(error: ProviderError): Braking {
    this.trouble += 1;
    if (this.trouble >= PAUSE_AFTER_TROUBLE)
      return { kind: 'pause', reason: pauseReasonFor(error, this.trouble) };
    return this.trouble >= PROBE_AFTER ? { kind: 'probe' } : NONE;
  }

  private observeFailure(error: ProviderError): Braking {
    this.failures += 1;
    const inARow = this.sameFailure.code === error.code ? this.sameFailure.inARow + 1 : 1;
    this.sameFailure = { code: error.code, inARow };
    const limit = pauseAfterFor(error.code) ?? Infinity;
    if (inARow >= limit) return { kind: 'pause', reason: pauseReasonFor(error, inARow) };
    if (this.failures < PAUSE_AFTER_FAILURES) return NONE;
    return {
      kind: 'pause',
      reason: `The last ${this.failures} messages all failed, the latest so: ${failureMessage(error)} Check the list and the template, then resume.`,
    };
  }
}
