import { z } from 'zod';
import { REPLY_WITHIN_DAYS } from '@/lib/replies/window';
import { FOLLOW_UP_AUDIENCES } from './audiences';

export const followUpAudienceSchema = z
  .enum(FOLLOW_UP_AUDIENCES)
  .describe(
    `\`not_read\`: sent or delivered, not read; read receipts can be off. \`replied\`: who answered the message, or wrote to the sender within ${REPLY_WITHIN_DAYS} days of it. \`read_not_replied\`: who read it and did neither. \`delivered\` takes in \`read\`. \`failed\`: all of them, or those with \`error_code\`.`,
  );

const errorCode = z.int32().nullable();

/** People of a campaign by what became of its message (browser-safe). */
export const audienceSchema = z.strictObject({
  audience: followUpAudienceSchema,
  error_code: errorCode
    .optional()
    .describe('Of the failed only those with this code of WhatsApp; null: those without a code.'),
});

export type Audience = z.infer<typeof audienceSchema>;

/** Which campaign another one follows, and whom of it. */
export const followsSchema = audienceSchema.extend({ campaign_id: z.uuid() });

export type Follows = z.infer<typeof followsSchema>;

/** The same as a campaign shows it. */
export const shownFollowsSchema = z.object({
  campaign_id: z.uuid(),
  name: z.string().nullable().describe('null: it has been deleted since.'),
  audience: followUpAudienceSchema,
  error_code: errorCode.optional(),
});

export const followUpChoicesSchema = z.object({
  audiences: z.array(
    z.object({
      audience: followUpAudienceSchema,
      error_code: errorCode.optional(),
      count: z
        .number()
        .int()
        .describe(
          'As it stands now; those on the do-not-contact list are left out only as the list is made.',
        ),
    }),
  ),
  columns: z.array(z.string()).describe('What a mapping may name.'),
});

export type FollowUpChoices = z.infer<typeof followUpChoicesSchema>;

/** An error code makes sense of the failed only; for `.refine()`. */
export function hasCodeOfFailed({ audience, error_code: code }: Audience): boolean {
  return code === undefined || audience === 'failed';
}

export const CODE_OF_FAILED = {
  message: 'Only the audience “failed” is narrowed by an error code: leave it out.',
  path: ['error_code'],
};
