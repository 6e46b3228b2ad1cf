import { z } from 'zod';
import { DECIDE_BY, VARIANT_KEYS } from './keys';

const key = z.enum(VARIANT_KEYS);
const share = z.number().nullable();

const measureSchema = z.object({
  measure: z
    .enum(DECIDE_BY)
    .describe(
      '`delivered`: of sent and failed; `read` and `reply`: of delivered. Some people switch read receipts off.',
    ),
  leader: key.nullable().describe('The largest share, chance or not; null: nothing is known.'),
  shares: z.array(z.object({ key, count: z.number().int(), of: z.number().int(), share })),
  differences: z.array(
    z.object({
      key,
      difference: share.describe('Its share less that of A.'),
      low: share,
      high: share,
      verdict: z
        .enum(['not_enough', 'may_be_chance', 'higher', 'lower'])
        .describe(
          '`not_enough`: fewer than 100 people in a group; `may_be_chance`: the interval has 0 in it; `higher` and `lower`: than A.',
        ),
    }),
  ),
});

/** The messages of a campaign against each other (browser-safe). */
export const comparisonSchema = z.object({
  decided_at: z.iso
    .datetime()
    .nullable()
    .describe(
      'The counts are those of this moment, at which a message was chosen; null: they are those of now.',
    ),
  measures: z.array(measureSchema),
});

export type CampaignComparison = z.infer<typeof comparisonSchema>;
