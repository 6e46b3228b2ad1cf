import { z } from 'zod';
import { LATE_AFTER } from '@/lib/schedule/late-after';

const WORDS = `Must be a whole number of minutes from ${LATE_AFTER.min} to ${LATE_AFTER.max}.`;

/** What holds for everybody in an account, as the API shows it (browser-safe). */
export const workspaceSettingsSchema = z.object({
  late_after_minutes: z
    .int()
    .describe(
      'A planned start that is later than this, as nothing was running at its time, does not happen by itself any more: the campaign waits and asks.',
    ),
});

export type WorkspaceSettings = z.infer<typeof workspaceSettingsSchema>;

export const updateWorkspaceSettingsSchema = z.strictObject({
  late_after_minutes: z.number(WORDS).int(WORDS).min(LATE_AFTER.min, WORDS).max(LATE_AFTER.max, WORDS),
});

export type UpdateWorkspaceSettings = z.infer<typeof updateWorkspaceSettingsSchema>;
