import type { UploadedMedia } from './payload-parameters';
import type { Outcome, ProviderError } from './types';

/** Codes Meta refuses a file's id with: the code alone may be about any other value, so its words decide. */
const CODES = [100, 131_009, 131_053];
const ABOUT_AN_ID = /media (attachment )?id\b/i;

/** A refusal because of an uploaded file's id is no fault of the recipient. `media`: what the message could name. */
export function lostMedia(outcome: Outcome, media: UploadedMedia): Outcome {
  if (media.size === 0 || (outcome.kind !== 'rejected' && outcome.kind !== 'retryable')) return outcome;
  const { code, message, details } = outcome.error;
  const isLost = code !== null && CODES.includes(code) && ABOUT_AN_ID.test(`${message} ${details ?? ''}`);
  return isLost ? { kind: 'media_lost', error: outcome.error } : outcome;
}

/** The ids an error is about: the one it names, or all a message of the campaign could have had. */
export function lostIds({ message, details }: ProviderError, media: UploadedMedia): string[] {
  const all = [...media.values()].map(({ graphId }) => graphId);
  const named = all.filter((id) => `${message} ${details ?? ''}`.includes(id));
  return named.length > 0 ? named : all;
}
