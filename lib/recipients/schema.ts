import { z } from 'zod';
import { RECIPIENT_STATUSES } from './status';

export const recipientStatusSchema = z.enum(RECIPIENT_STATUSES);

const time = z.iso.datetime().nullable();

/** A recipient as the API and the pages show it (browser-safe). */
export const recipientSchema = z.object({
  id: z.uuid(),
  to: z.string().describe('E.164, with the plus.'),
  country_code: z.string().describe('Calling code, like `+1`.'),
  phone_number: z.string().describe('National digits.'),
  status: recipientStatusSchema,
  message_id: z.string().nullable().describe('WhatsApp’s id of the last attempt.'),
  attempts: z.number().int(),
  error_code: z.number().int().nullable(),
  error_message: z.string().nullable().describe('What happened, in WhatsApp’s words where it gave any.'),
  error_remedy: z.string().nullable().describe('What to do about it.'),
  sent_at: time,
  delivered_at: time,
  read_at: time,
  failed_at: time,
  params: z.record(z.string(), z.string()).describe('What fills the template, by parameter key.'),
});

export type Recipient = z.infer<typeof recipientSchema>;

export const recipientPageSchema = z.object({
  recipients: z.array(recipientSchema),
  next_cursor: z.string().nullable(),
});

export type RecipientPage = z.infer<typeof recipientPageSchema>;
