import { z } from 'zod';

/** How many people a day may be written to, and how many were (browser-safe). */
export const dailyUseSchema = z.object({
  limit: z
    .int()
    .nullable()
    .describe('People in any 24 hours, of `messaging_limit`; null: there is no limit, or it is not known.'),
  used: z
    .int()
    .nonnegative()
    .describe('People in the last 24 hours, over all numbers of the business portfolio.'),
  left: z.int().nonnegative().nullable().describe('How many more may be written to now; null: no limit.'),
  next_at: z.iso
    .datetime()
    .nullable()
    .describe('When the first of those used falls out of the 24 hours; null: nobody was written to.'),
});

export type DailyUse = z.infer<typeof dailyUseSchema>;
