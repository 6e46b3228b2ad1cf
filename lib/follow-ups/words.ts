import { REPLY_WITHIN_DAYS } from '@/lib/replies/window';
import type { FollowUpAudience } from './audiences';
import type { Audience } from './schema';

const WORDS: Record<FollowUpAudience, string> = {
  not_read: 'not read',
  read_not_replied: 'read, not replied',
  replied: 'replied',
  read: 'read',
  delivered: 'delivered',
  failed: 'failed',
  everyone: 'everyone',
};

const MEANINGS: Record<FollowUpAudience, string> = {
  not_read: 'Sent or delivered, but not read as far as is known: some switch read receipts off.',
  read_not_replied: 'Read it, and wrote nothing back.',
  replied: `Answered it, or wrote to this number within ${REPLY_WITHIN_DAYS} days of it.`,
  read: 'Read it, whether they replied or not.',
  delivered: 'It arrived on their phone, read or not.',
  failed: 'WhatsApp refused it, or could not deliver it.',
  everyone: 'All recipients, whatever became of the message.',
};

/** An audience in a few words: “read, not replied” (browser-safe). */
export function audienceWords({ audience, error_code: code }: Audience): string {
  if (code === undefined) return WORDS[audience];
  return code === null ? 'failed without a code' : `failed with code ${code}`;
}

/** Who is in it, as one sentence. */
export function audienceMeaning(audience: FollowUpAudience): string {
  return MEANINGS[audience];
}
