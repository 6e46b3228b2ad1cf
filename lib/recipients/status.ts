/** A recipient's shown status (browser-safe). The database derives it: see db/schema/recipients.ts. */
export const RECIPIENT_STATUSES = [
  'pending',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'skipped',
  'unconfirmed',
] as const;

export type RecipientStatus = (typeof RECIPIENT_STATUSES)[number];

/** What a person may have done after the message; no status, for it goes with any of them. */
export const RECIPIENT_RESPONSES = ['replied', 'opted_out', 'clicked'] as const;

export type RecipientResponse = (typeof RECIPIENT_RESPONSES)[number];

export const MAX_ATTEMPTS = 5;
