import { z } from 'zod';
import { WEEKDAYS } from './weekdays';

const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Must be a time of day, from 00:00 to 23:59, like 09:00.');

/** When a sender may write to people, by the clocks where they are (browser-safe). */
export const sendWindowSchema = z
  .strictObject({
    from: wallTime.meta({ example: '09:00' }),
    to: wallTime
      .describe('The first minute in which nothing starts any more; before `from`: of the next day.')
      .meta({ example: '20:00' }),
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1, 'Allow at least one day.')
      .default([...WEEKDAYS])
      .transform((days) => WEEKDAYS.filter((day) => days.includes(day)))
      .describe('On which days it opens; all of them unless given.'),
  })
  .refine(({ from, to }) => from !== to, {
    path: ['to'],
    message: 'The window is empty: give two different times.',
  });

export type SendWindow = z.infer<typeof sendWindowSchema>;

/** As the API shows it: the days are always given. */
export const shownSendWindowSchema = z.object({
  from: z.string(),
  to: z.string(),
  days: z.array(z.enum(WEEKDAYS)),
});

/** Of people who wait: where they are, how many, and until when. */
export const windowWaitSchema = z.object({
  country: z
    .string()
    .nullable()
    .describe('ISO 3166 alpha-2; null: of numbers that belong to no one country.'),
  waiting: z.int().nonnegative(),
  until: z.iso.datetime().describe('When their window opens.'),
  local_time: z
    .string()
    .nullable()
    .describe('What the clocks show there then; null where they show different times.'),
});

export type WindowWait = z.infer<typeof windowWaitSchema>;

/** How it stands with a window in a country at some moment. */
export const placeOpeningSchema = z.object({
  country: z.string(),
  is_open: z.boolean().describe('Whether people there may be written to then.'),
  changes_at: z.iso
    .datetime()
    .nullable()
    .describe('When it opens, or closes, next; null: not within a week.'),
  local_time: z
    .string()
    .nullable()
    .describe('What the clocks show there then; null where they show different times.'),
});

export type PlaceOpening = z.infer<typeof placeOpeningSchema>;

/** Why recipients wait, how many, and until when. */
export const campaignWaitSchema = z.object({
  reason: z
    .enum(['window', 'daily_limit'])
    .describe(
      '`window`: the sender’s send window is closed where they are. `daily_limit`: as many people as WhatsApp allows have been written to in the last 24 hours, or will be; about so many wait.',
    ),
  waiting: z.int().nonnegative().describe('Of the pending ones; as counted a moment ago.'),
  next_at: z.iso.datetime().describe('When the first of them go on.'),
  last_at: z.iso.datetime().describe('When the last of them go on.'),
  places: z
    .array(windowWaitSchema)
    .describe('Of `window`: where they are, the first five to go on. Of `daily_limit`: empty.'),
  daily: z
    .object({ limit: z.int(), used: z.int() })
    .nullable()
    .describe('Of `daily_limit`: people in any 24 hours, and those of the last 24.'),
});

export type CampaignWait = z.infer<typeof campaignWaitSchema>;
