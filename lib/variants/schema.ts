import { z } from 'zod';
import { DECIDE_BY, VARIANT_KEYS } from './keys';

const MAX_MINUTES = 7 * 24 * 60;
const PERCENT_WORDS = 'Must be a whole number of percent.';

export const holdbackSchema = z.strictObject({
  percent: z
    .number(PERCENT_WORDS)
    .int(PERCENT_WORDS)
    .min(1, 'At least 1 % must get the test.')
    .max(90, 'At most 90 % can get the test; to send to everybody, leave the hold-back out.')
    .describe('How many are sent to first, of all.'),
  decide_by: z.enum(DECIDE_BY).describe('The share by which the best message is chosen.'),
  after_minutes: z
    .number()
    .int()
    .min(1)
    .max(MAX_MINUTES, 'At most 7 days.')
    .nullable()
    .describe(
      'So long after the test was sent the better message is chosen by itself; null: a person does it.',
    ),
});

export type Holdback = z.infer<typeof holdbackSchema>;

const count = z.number().int().nonnegative();

/** A message of the test with its own counts; those of all of them and of who waits for the choice are the campaign's. */
export const variantSchema = z.object({
  key: z.enum(VARIANT_KEYS),
  template_id: z.number().int(),
  template_name: z.string(),
  template_language: z.string(),
  share: count,
  sent: count,
  delivered: count,
  read: count,
  failed: count,
  pending: count,
  skipped: count,
  unconfirmed: count,
  replied: count,
  opted_out: count,
  clicked: count,
});

export type Variant = z.infer<typeof variantSchema>;

export const shownHoldbackSchema = holdbackSchema.extend({
  /** People who wait for the choice. */
  waiting: count,
  winner: z.enum(VARIANT_KEYS).nullable(),
  /** When it was chosen, and the counts of that moment: from then on the groups are not alike. */
  decision: z
    .object({
      at: z.iso.datetime(),
      variants: z.array(
        variantSchema.pick({
          key: true,
          sent: true,
          delivered: true,
          read: true,
          failed: true,
          replied: true,
        }),
      ),
    })
    .nullable(),
  /** When nobody of the test was waiting any more. */
  test_ended_at: z.iso.datetime().nullable(),
  /** When the better message is chosen by itself. */
  decides_at: z.iso.datetime().nullable(),
});

export type ShownHoldback = z.infer<typeof shownHoldbackSchema>;
