import type { PairLimits, TokenBucket } from './limits';
import type { Outbox } from './outbox';
import type { SandboxNumber } from './state';
import type { TemplateShape } from './template';

export interface Handshake {
  at: string;
  ok: boolean;
  attempts: number;
  reason: string | null;
}

/** What a number has in memory only. */
export interface NumberRuntime {
  number: SandboxNumber;
  throughput: TokenBucket;
  pairs: PairLimits;
  outbox: Outbox;
  inFlight: number;
  maxInFlight: number;
  /** How often a recipient with a "first n times" behaviour was refused. */
  refusals: Map<string, number>;
  statuses: { planned: number; answered: number; givenUp: number };
  handshake: Handshake | null;
}

/** A message that was taken, as its statuses need it. */
export interface TakenMessage {
  runtime: NumberRuntime;
  wamid: string;
  waId: string;
  callbackData: string | null;
  shape: TemplateShape;
  /** It came by the endpoint for marketing. */
  byMarketing: boolean;
  omitRecipient: boolean;
  /** Wall clock, milliseconds. */
  takenAt: number;
}
