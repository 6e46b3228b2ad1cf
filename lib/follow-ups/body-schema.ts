import type { z } from 'zod';
import { columnMappingSchema } from '@/lib/intake/mapping-schema';
import { campaignOrderSchema } from '@/lib/intake/schema';
import { audienceSchema, CODE_OF_FAILED, hasCodeOfFailed } from './schema';

const NUMBERS = ['phone_number', 'country_code'];

export const followUpBodySchema = campaignOrderSchema
  .extend(audienceSchema.shape)
  .extend({
    mapping: columnMappingSchema
      .refine(
        (mapping) => NUMBERS.every((key) => !(key in mapping)),
        'The numbers are those the first message went to: leave phone_number and country_code out.',
      )
      .optional()
      .describe(
        'Parameter key → column of the followed campaign, or `{"column": "Name", "text": "friend"}` as for an upload. Left out: as the followed campaign was mapped if it has the same template, else the columns that bear these names.',
      ),
  })
  .refine(hasCodeOfFailed, CODE_OF_FAILED);

export type FollowUpBody = z.infer<typeof followUpBodySchema>;
