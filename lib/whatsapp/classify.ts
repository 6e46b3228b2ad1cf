import { z } from 'zod';
import { findError, type ErrorClass } from './error-table';
import type { Outcome, ProviderError } from './types';

/** A readable or unreadable answer. `body`: the parsed JSON; undefined when it was none, or was cut off. */
export interface Answer {
  httpStatus: number;
  body: unknown;
}

/** No answer. `mayHaveLeft`: whether a byte of the request may have been written. */
export interface RequestFailure {
  mayHaveLeft: boolean;
  /** Node's or undici's error code, or `TIMEOUT`. */
  code: string;
}

const MAX_WORDS = 1_000;

const acceptedSchema = z.object({
  messages: z.tuple(
    [z.object({ id: z.string().min(1).max(512), message_status: z.string().optional().catch(undefined) })],
    z.unknown(),
  ),
});

const words = z.string().transform((text) => text.slice(0, MAX_WORDS));

const digits = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

const errorSchema = z.object({
  error: z.object({
    code: z.union([z.int(), digits]).nullable().catch(null),
    message: words.catch(''),
    error_data: z
      .union([words, z.object({ details: words }).transform(({ details }) => details)])
      .nullable()
      .catch(null),
    is_transient: z.boolean().catch(false),
  }),
});

/** Held for assessment, or `paused`, which Meta does not explain: taken, not delivered yet (reference §1). */
const HELD = new Set(['held_for_quality_assessment', 'paused']);

/**
 * What WhatsApp's answer means. A known code decides, whatever the HTTP status; any 429 is throttling; an
 * answer that is no Graph answer (a gateway's page, a truncated 200) proves nothing: ambiguous.
 */
export function classifyAnswer({ httpStatus, body }: Answer): Outcome {
  const succeeded = httpStatus >= 200 && httpStatus < 300;
  const accepted = succeeded ? acceptedSchema.safeParse(body) : undefined;
  if (accepted?.success) {
    const [{ id, message_status: status }] = accepted.data.messages;
    return { kind: 'accepted', wamid: id, held: HELD.has(status ?? '') };
  }
  const read = errorSchema.safeParse(body);
  const said = read.success ? read.data.error : undefined;
  const error: ProviderError = {
    code: said?.code ?? null,
    message: said?.message || unreadable(httpStatus),
    details: said?.error_data ?? null,
    httpStatus,
  };
  const known = findError(error.code);
  if (httpStatus === 429 && known?.class !== 'throttled_recipient') return outcome('throttled_sender', error);
  if (known) return outcome(known.class, error, known.suppress);
  if (!said || httpStatus < 400 || httpStatus >= 500) return outcome('ambiguous', error);
  // Meta marks an error as transient only when it refused the request and asks for it again.
  return outcome(said.is_transient ? 'retryable' : 'rejected', error);
}

/** What a request without an answer means: certainly not taken if nothing of it can have left, else in doubt. */
export function classifyFailure({ mayHaveLeft, code }: RequestFailure): Outcome {
  const error: ProviderError = { code: null, message: '', details: null, httpStatus: null };
  if (!mayHaveLeft) {
    return outcome('retryable', { ...error, message: `WhatsApp could not be reached (${code}).` });
  }
  const message =
    code === 'TIMEOUT'
      ? 'WhatsApp did not answer in time.'
      : `The connection broke before WhatsApp's answer came (${code}).`;
  return outcome('ambiguous', { ...error, message });
}

function unreadable(httpStatus: number): string {
  return `WhatsApp's answer could not be read (HTTP ${httpStatus}).`;
}

function outcome(errorClass: ErrorClass, error: ProviderError, suppress = false): Outcome {
  switch (errorClass) {
    case 'rejected':
      return { kind: 'rejected', error, suppress };
    case 'throttled_sender':
      return { kind: 'throttled', error, scope: 'sender' };
    case 'throttled_recipient':
      return { kind: 'throttled', error, scope: 'recipient' };
    case 'retryable':
      return { kind: 'retryable', error };
    case 'blocked_campaign':
      return { kind: 'blocked', error, scope: 'campaign' };
    case 'blocked_sender':
      return { kind: 'blocked', error, scope: 'sender' };
    case 'ambiguous':
      return { kind: 'ambiguous', error };
  }
}
