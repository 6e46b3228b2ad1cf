import { ERROR_TABLE, findError, type ErrorEntry } from './error-table';
import type { ProviderError } from './types';

/** What a code means and what to do about it, in plain words (browser-safe). */
export function remedyFor(code: number | null): string {
  const known = findError(code);
  if (known) return sentences(known);
  if (code === null) return 'WhatsApp gave no reason. Try again later.';
  return `WhatsApp refused this message with code ${code}. Look the code up in Meta's list of error codes.`;
}

/** What happened, as one sentence. */
export function meaningFor(code: number | null): string {
  const known = findError(code);
  if (known) return `${known.meaning}.`;
  return code === null ? 'WhatsApp gave no reason.' : `WhatsApp refused these with code ${code}.`;
}

/** What a person does about it, as one sentence. */
export function stepsFor(code: number | null): string {
  const known = findError(code);
  if (known) return asSentence(known.remedy);
  if (code === null) return 'Look at what is recorded for them, then decide whether to send again.';
  return "Look the code up in Meta's list of error codes, then decide whether to send again.";
}

/** How long to wait before sending to this person again, hours; undefined: no wait of known length. */
export function retryWaitHoursFor(code: number | null): number | undefined {
  return findError(code)?.retryAfterHours;
}

/** The codes after which one must wait for a known time, which nobody is sent to again for without being asked. */
export const CODES_THAT_WAIT: readonly { code: number; hours: number }[] = ERROR_TABLE.flatMap(
  ({ codes, retryAfterHours: hours }) =>
    hours === undefined
      ? []
      : codes.filter((code) => typeof code === 'number').map((code) => ({ code, hours })),
);

/** Whether sending to this person again helps; `now` for a code Meta has not documented: a person decides. */
export function retryAdviceFor(code: number | null): ErrorEntry['retryAdvice'] {
  return findError(code)?.retryAdvice ?? 'now';
}

/** How many failures with this code in a row say that the campaign itself is wrong; undefined: any number may. */
export function pauseAfterFor(code: number | null): number | undefined {
  return findError(code)?.pauseAfter;
}

/** Whether a failure with this code, also one reported later, puts the number on the do-not-contact list. */
export function suppressesContact(code: number | null): boolean {
  return findError(code)?.suppress ?? false;
}

/** Whether a person is offered to put the numbers that failed with this code on the do-not-contact list. */
export function offersSuppression(code: number | null): boolean {
  return findError(code)?.offersSuppression ?? false;
}

/** What to store and show for a failed recipient: the remedy, then Meta's words. */
export function failureMessage(error: ProviderError): string {
  const said = saidBy(error);
  const known = findError(error.code);
  return [known ? sentences(known) : undefined, said].filter(Boolean).join(' ');
}

/**
 * Why a campaign was paused, for `paused_reason`: what happened and what to do. `inARow`: so many messages
 * ended like this one after the other, which is why the brake was pulled.
 */
export function pauseReasonFor(error: ProviderError, inARow?: number): string {
  const known = findError(error.code);
  const lead = inARow === undefined ? '' : `${inARow} messages in a row ended the same way. `;
  if (known) return `${lead}${known.meaning} (code ${error.code ?? 'unknown'}): ${known.remedy}.`;
  if (error.code === null && error.httpStatus === null) {
    return `${lead}${error.message} Check this machine's network and Meta's status page, then resume.`;
  }
  return `${lead}${saidBy(error)} Check the sender in WhatsApp Manager, then resume.`;
}

function saidBy({ code, message, details }: ProviderError): string {
  if (code === null) return message;
  const all = details && details !== message ? `${message}: ${details}` : message;
  return `WhatsApp said: ${all.replace(/\.$/, '')} (code ${code}).`;
}

function sentences({ meaning, remedy }: ErrorEntry): string {
  return `${meaning}. ${asSentence(remedy)}`;
}

function asSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
