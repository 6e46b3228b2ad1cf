import { z } from 'zod';
import { autoRetrySchema } from '@/lib/auto-retry/schema';
import { shownFollowsSchema } from '@/lib/follow-ups/schema';
import { campaignWaitSchema } from '@/lib/send-window/schema';
import { shownHoldbackSchema, variantSchema } from '@/lib/variants/schema';
import { CAMPAIGN_SORTS } from './sorts';
import { CAMPAIGN_STATUSES } from './status';

/** What a campaign may be set to (browser-safe). The bounds are the contract's and the table's CHECKs. */
export const campaignNameSchema = z
  .string()
  .trim()
  .min(1, 'Give the campaign a name.')
  .max(200, 'A campaign name has at most 200 characters.');
export const workerCountSchema = wholeNumber(1, 100);
export const rateLimitSchema = wholeNumber(1, 1000);
export const unconfirmedPolicySchema = z.enum(['ask', 'resend']);
export const campaignStatusSchema = z.enum(CAMPAIGN_STATUSES);

export const campaignSortSchema = z.enum(CAMPAIGN_SORTS);

function wholeNumber(min: number, max: number) {
  const words = `Must be a whole number from ${min} to ${max}.`;
  return z.number(words).int(words).min(min, words).max(max, words);
}

const count = z.number().int().nonnegative();
const time = z.iso.datetime();

/** A campaign as the API and the pages show it; the counts are of recipients by where they stand now. */
export const campaignSchema = z.object({
  id: z.uuid(),
  user_id: z.uuid(),
  sender_id: z.uuid(),
  sender_name: z.string(),
  /** Its sender is on the sandbox: nothing reaches a real phone. */
  sandbox: z.boolean(),
  name: z.string(),
  template_id: z.number().int(),
  template_name: z.string(),
  template_language: z.string(),
  status: campaignStatusSchema,
  /** Always sent + failed + pending + skipped + unconfirmed. */
  total_recipients: count,
  sent: count,
  delivered: count,
  read: count,
  failed: count,
  pending: count,
  skipped: count,
  unconfirmed: count,
  /** Of the sent ones: held by WhatsApp, which assesses the template's quality before it delivers or drops them. */
  held: count,
  /** People who answered it, and those of them who did so with a stop word; in no status of their own. */
  replied: count,
  opted_out: count,
  /** People who followed a tracked link, and all their clicks. */
  clicked: count,
  clicks: count,
  /** URL button’s parameter key → where a click on it leads; null: clicks are not counted. */
  track_clicks: z.record(z.string(), z.string()).nullable(),
  /** Of the pending ones: claimed by a worker, their request under way or about to begin. */
  in_flight: count,
  /** When the first of those waiting for another attempt goes again. */
  next_retry_at: time.nullable(),
  /** Who waits for something other than their turn, by reason, while it sends. */
  waits: z.array(campaignWaitSchema),
  /** WhatsApp said too fast: until then its sender sends nothing. */
  throttled_until: time.nullable(),
  /** Share of its speed the sender allows itself after that, 0–1; 1: all of it. */
  rate_factor: z.number(),
  worker_count: z.number().int(),
  rate_limit: z.number().int(),
  /** Messages a second of the sender, over all its campaigns; null when it is gone. */
  sender_rate_limit: z.number().int().nullable(),
  unconfirmed_policy: unconfirmedPolicySchema,
  /** Which failures go again without a person; null: none. */
  auto_retry: autoRetrySchema.nullable(),
  /** Zones in which its sender may be, by the country of its number; of those that share their clocks one (IANA names). */
  sender_time_zones: z.array(z.string()),
  scheduled_at: time.nullable(),
  /** The zone it was planned in (IANA name); null: as an instant. */
  scheduled_time_zone: z.string().nullable(),
  /**
   * Since when its planned start waits for a new time, or for a person to start it: its time passed with nothing running,
   * longer ago than the account allows; or a brake holds it, which `paused_reason` tells.
   */
  start_missed_at: time.nullable(),
  paused_reason: z.string().nullable(),
  /** Rows of the upload and how many of them were left out, by cause. */
  import: z.object({ rows: count, invalid: count, duplicates: count, suppressed: count }),
  /** Where its people came from (null: made before this was kept), and whether their consent was confirmed. */
  list: z.object({
    source: z.enum(['file', 'api']).nullable(),
    name: z.string().nullable(),
    attested: z.boolean(),
  }),
  /** The messages it tests against each other, with the counts of each; null: it has one. */
  variants: z.array(variantSchema).nullable(),
  /** How many are sent to first, and what chooses the message of the others; null: everybody is. */
  holdback: shownHoldbackSchema.nullable(),
  /** The campaign whose result it was made from; null: it stands by itself. */
  follows: shownFollowsSchema.nullable(),
  created_at: time,
  updated_at: time,
  started_at: time.nullable(),
  completed_at: time.nullable(),
});

export type Campaign = z.infer<typeof campaignSchema>;
