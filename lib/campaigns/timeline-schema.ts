import { z } from 'zod';

/** Something that happened to a campaign, as the API and the pages show it (browser-safe). */
export const campaignEventSchema = z.object({
  id: z.number().int(),
  kind: z
    .string()
    .describe(
      '`created`, `edited`, `started`, `resumed`, `scheduled`, `unscheduled`, `start_missed`, `start_held`, `paused`, `stopped`, `completed`, `reopened`, `retried`, `speed_changed`, `followed_up`, `test_sent` or `winner_chosen`; more may come.',
    ),
  at: z.iso.datetime(),
  user: z
    .object({ id: z.uuid(), name: z.string() })
    .nullable()
    .describe('Who did it; null: Herald by itself.'),
  detail: z.record(z.string(), z.unknown()).describe('What changed, why, or how many, by the kind.'),
});

export type CampaignEventEntry = z.infer<typeof campaignEventSchema>;

export const campaignTimelineSchema = z.object({
  events: z.array(campaignEventSchema),
  next_cursor: z.string().nullable(),
});

export type CampaignTimeline = z.infer<typeof campaignTimelineSchema>;
