import { z } from 'zod';
import { isLocalTime, isTimeZone } from './zone';

export const timeZoneSchema = z
  .string()
  .refine(isTimeZone, 'Must be a time zone by its IANA name: Europe/Berlin, America/New_York, UTC.');

/** When a campaign starts, as a person says it (browser-safe). */
export const localStartSchema = z.strictObject({
  local_time: z
    .string()
    .refine(isLocalTime, 'Must be a day and minute without a zone, like 2026-11-27T09:00.')
    .describe('What the clocks of the zone show then.')
    .meta({ example: '2026-11-27T09:00' }),
  time_zone: timeZoneSchema.describe('IANA name.').meta({ example: 'Europe/Berlin' }),
  offset: z
    .string()
    .regex(/^[+-]\d{2}:\d{2}$/, 'Must be an offset from UTC, like +01:00.')
    .optional()
    .describe('Which of the two, where the clocks show that time twice.'),
});

export type LocalStart = z.infer<typeof localStartSchema>;
