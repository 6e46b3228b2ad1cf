import { z } from 'zod';

// Browser-safe.

const count = z.number().int().nonnegative();

export const campaignHourSchema = z.object({
  hour: z.iso.datetime().describe('Its beginning, UTC.'),
  sent: count.describe('Messages that WhatsApp took in this hour, and those it refused in it.'),
  delivered: count.describe('Of these, delivered since.'),
  read: count.describe('Of these, read since.'),
  failed: count.describe('Of these, failed since.'),
});
export type CampaignHour = z.infer<typeof campaignHourSchema>;

export const campaignHoursSchema = z.object({
  as_of: z.iso
    .datetime()
    .nullable()
    .describe('When this was counted; null: there are too many people to count them in time.'),
  hours: z.array(campaignHourSchema).describe('Those in which something was sent, oldest first.'),
});
export type CampaignHours = z.infer<typeof campaignHoursSchema>;
