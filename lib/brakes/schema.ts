import { z } from 'zod';

/** When a sender's campaigns pause by themselves (browser-safe). */
export const brakesSchema = z.object({
  failure_percent: z
    .int()
    .min(1)
    .max(100)
    .nullable()
    .describe('Pause when more than this share of the last messages failed; null: no share pauses.'),
  failure_window: z.int().min(20).max(100_000).describe('How many of the last messages are looked at.'),
  on_red_quality: z.boolean().describe('Pause when WhatsApp rates the number’s quality as low (RED).'),
  on_category_change: z
    .boolean()
    .describe('Pause when WhatsApp moves the template to another category, which has another price.'),
});

export type Brakes = z.infer<typeof brakesSchema>;

/** A change names what it changes; the rest stays. */
export const changeBrakesSchema = brakesSchema.partial().strict();
