/** Whom of a campaign the next one may be made for, in the order they are offered (browser-safe). */
export const FOLLOW_UP_AUDIENCES = [
  'not_read',
  'read_not_replied',
  'replied',
  'read',
  'delivered',
  'failed',
  'everyone',
] as const;

export type FollowUpAudience = (typeof FOLLOW_UP_AUDIENCES)[number];
