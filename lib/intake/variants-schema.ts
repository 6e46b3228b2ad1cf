import { z } from 'zod';
import { columnMappingSchema } from './mapping-schema';

export const VARIANTS =
  'Two to four messages to test against each other, each with its share of the people in percent: `[{"template_id": 1, "share": 50}, {"template_id": 2, "share": 50}]`. The first is `template_id` itself; the same template may come again with another `mapping`. Who gets which is drawn by chance for each number and stays. A row is stored only if it is right for every message, so that the groups are alike.';

export const HOLDBACK =
  'Only with `variants`: `percent` of the people get the test first; the others wait until the better message is chosen, by `decide_by` (the share of delivered, read or replied) `after_minutes` after the test was sent, or (null) by `POST /api/campaigns/{id}/winner`.';

const SHARE = 'Must be a whole number of percent from 1 to 99.';

const variantOrderSchema = z.strictObject({
  template_id: z.number().int().min(1).max(2_147_483_647),
  share: z.number(SHARE).int(SHARE).min(1, SHARE).max(99, SHARE),
  mapping: columnMappingSchema
    .optional()
    .describe(
      'What fills this message, where it is not what fills the others: parameter key → column, or `{"column", "text", "format"?}`. In a JSON call a column is a key of the recipients.',
    ),
});

export const variantsSchema = z
  .array(variantOrderSchema)
  .min(2, 'A test has two to four messages; to send one, leave it out.')
  .max(4, 'A test has two to four messages.')
  .refine(
    (variants) => variants.reduce((sum, { share }) => sum + share, 0) === 100,
    'The shares must add up to 100.',
  );

export type VariantOrder = z.infer<typeof variantOrderSchema>;
