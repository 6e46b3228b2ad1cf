/**
 * A message that answers none of ours in particular counts as a reply so long after ours went out, days
 * (browser-safe). Most answers come within hours; after a week whoever writes has something else on their mind.
 */
export const REPLY_WITHIN_DAYS = 7;
