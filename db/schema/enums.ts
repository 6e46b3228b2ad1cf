import { pgEnum } from 'drizzle-orm/pg-core';

/** A campaign's life; the allowed moves stand in lib/campaigns/status.ts. */
export const campaignStatus = pgEnum('campaign_status', [
  'draft',
  'scheduled',
  'active',
  'paused',
  'completed',
  'stopped',
]);

/** What a recipient's row shows to the outside. Derived by the database from state and facts. */
export const recipientStatus = pgEnum('recipient_status', [
  'pending',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'skipped',
  'unconfirmed',
]);

/**
 * Where a recipient stands in the sending engine. Webhook facts (delivered, read, failed later) are
 * timestamps beside it and never change it, so that their updates touch no indexed column (HOT).
 */
export const recipientState = pgEnum('recipient_state', [
  'queued', // waits: claimable when `pending`, else until `retry_at`
  'sending', // claimed by `worker_id`
  'accepted', // WhatsApp took it
  'failed', // WhatsApp refused it
  'in_doubt', // may have been taken: the answer was lost
  'skipped', // on the do-not-contact list
]);

export const unconfirmedPolicy = pgEnum('unconfirmed_policy', ['ask', 'resend']);
