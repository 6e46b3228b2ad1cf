import { z } from 'zod';
import { columnMappingSchema } from '@/lib/intake/mapping-schema';
import { campaignOrderSchema } from '@/lib/intake/schema';
import { NUMBER_KEYS } from '@/lib/recipients/mapping';
import { VARIANT_KEYS } from '@/lib/variants/keys';
import { audienceSchema, CODE_OF_FAILED, hasCodeOfFailed } from './schema';

export const followUpBodySchema = campaignOrderSchema
  .extend(audienceSchema.shape)
  .extend({
    mapping: columnMappingSchema
      .refine(
        (mapping) => NUMBER_KEYS.every((key) => !(key in mapping)),
        'The numbers are those the first message went to: leave phone_number and country_code out.',
      )
      .optional()
      .describe(
        'Parameter key → column of the followed campaign, or `{"column": "Name", "text": "friend"}` as for an upload. Left out: as the followed campaign filled the same template, else the columns that bear these names.',
      ),
    message: z
      .enum(VARIANT_KEYS)
      .optional()
      .describe(
        'Of a campaign with `variants`: the message that `mapping`, left out, is taken from. Needed where several of them have this template and are filled in different ways; a follow-up has one message for everybody.',
      ),
  })
  .refine(hasCodeOfFailed, CODE_OF_FAILED);

export type FollowUpBody = z.infer<typeof followUpBodySchema>;
