import { z } from 'zod';
import { retryAdviceFor, retryWaitHoursFor } from '@/lib/whatsapp/errors';

const errorCodes = z
  .array(z.int().nullable())
  .min(1, 'Name at least one cause.')
  .max(50)
  .describe('Codes of WhatsApp; null: those it gave no code for.');

/** Which failures go again without a person (browser-safe). */
export const autoRetrySchema = z.object({
  error_codes: errorCodes,
  after_hours: z.int().min(1).max(168).describe('Hours after the failure.'),
  times: z.int().min(1).max(5).describe('How often at most for each person, retries by hand included.'),
});

export type AutoRetry = z.infer<typeof autoRetrySchema>;

/** The same as a request names it: no cause that never gets better, and none sooner than WhatsApp wants. */
export const setAutoRetrySchema = autoRetrySchema.strict().superRefine((value, context) => {
  value.error_codes.forEach((code, index) => {
    const wait = retryWaitHoursFor(code);
    const path = ['error_codes', index];
    if (retryAdviceFor(code) === 'never')
      context.addIssue({ code: 'custom', path, message: `Sending again does not help after ${code}.` });
    else if (wait !== undefined && value.after_hours < wait)
      context.addIssue({
        code: 'custom',
        path: ['after_hours'],
        message: `After ${code} WhatsApp wants people to be left alone for ${wait} hours: give at least that.`,
      });
  });
});
