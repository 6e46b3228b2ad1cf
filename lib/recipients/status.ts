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

export const MAX_ATTEMPTS = 5;
