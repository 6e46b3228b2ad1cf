import { z } from 'zod';
import { VARIANT_KEYS } from '@/lib/variants/keys';
import { RECIPIENT_RESPONSES, RECIPIENT_STATUSES } from './status';

export const recipientStatusSchema = z.enum(RECIPIENT_STATUSES);

export const recipientResponseSchema = z.enum(RECIPIENT_RESPONSES);

const time = z.iso.datetime().nullable();
const count = z.number().int().nonnegative();

/** A recipient as the API and the pages show it (browser-safe). */
export const recipientSchema = z.object({
  id: z.uuid(),
  to: z.string().describe('E.164, with the plus.'),
  country_code: z.string().describe('Calling code, like `+1`.'),
  phone_number: z.string().describe('National digits.'),
  status: recipientStatusSchema,
  held: z
    .boolean()
    .describe('WhatsApp has taken it and assesses the template’s quality before it delivers or drops it.'),
  waits_for: z
    .enum(['retry', 'window', 'winner'])
    .nullable()
    .describe(
      'Of a pending one that is not in the queue now: another attempt, that its send window opens, or that the better message of a test is chosen.',
    ),
  waits_until: time.describe('null also of `winner`: nobody knows when.'),
  variant: z
    .enum(VARIANT_KEYS)
    .nullable()
    .describe('Which message of a test it gets; null: the campaign has one, or it waits for the choice.'),
  message_id: z.string().nullable().describe('WhatsApp’s id of the last attempt.'),
  attempts: z.number().int(),
  error_code: z.number().int().nullable(),
  error_message: z.string().nullable().describe('What happened, in WhatsApp’s words where it gave any.'),
  error_remedy: z.string().nullable().describe('What to do about it.'),
  sent_at: time,
  delivered_at: time,
  read_at: time,
  failed_at: time,
  replied_at: time.describe('When they first answered it.'),
  opted_out_at: time.describe('When they first answered it with a stop word.'),
  clicks: count.describe('How often they followed a tracked link.'),
  clicked_at: time.describe('When they first did.'),
  params: z.record(z.string(), z.string()).describe('What fills the template, by parameter key.'),
});

export type Recipient = z.infer<typeof recipientSchema>;

export const recipientPageSchema = z.object({
  recipients: z.array(recipientSchema),
  next_cursor: z.string().nullable(),
});

export type RecipientPage = z.infer<typeof recipientPageSchema>;

const stepSchema = z.object({
  at: z.iso.datetime().describe('Of `waiting` and `waiting_for_window`: when it goes on.'),
  kind: z
    .enum([
      ...['begun', 'accepted', 'sent', 'delivered', 'read', 'failed', 'unconfirmed', 'waiting'],
      ...['waiting_for_window', 'held', 'replied', 'opted_out', 'clicked'],
    ] as const)
    .describe('`opted_out`: a reply with a stop word.'),
  attempt: z.number().int(),
  error_code: z.number().int().nullable(),
  message: z.string().nullable().describe('What was said: by WhatsApp, or by the person who replied.'),
  matched_by: z
    .enum(['context', 'time'])
    .nullable()
    .describe('Of a reply: it names the message (`context`), or came after it (`time`).'),
});

export type RecipientStep = z.infer<typeof stepSchema>;

/** One recipient and what happened to it, oldest first. */
export const recipientDetailSchema = recipientSchema.extend({
  template_id: z.number().int().describe('Of its message; of who waits for the choice of one, the first.'),
  timeline: z.array(stepSchema),
});

export type RecipientDetail = z.infer<typeof recipientDetailSchema>;

/** The failed recipients of one cause. */
export const failureGroupSchema = z.object({
  error_code: z.number().int().nullable().describe('WhatsApp’s code; null where it gave none.'),
  count,
  meaning: z.string().describe('What happened.'),
  remedy: z.string().describe('What to do about it.'),
  retry_advice: z.enum(['never', 'later', 'now']).describe('Whether sending to these again helps.'),
  retry_from: time.describe('Of a cause that needs a wait of known length: when it is over for all of them.'),
  retry_ready: count.describe(
    'How many of them may be sent to again now; 0 where that does not help; of a cause that needs a wait, those whose wait is over.',
  ),
  offers_suppression: z
    .boolean()
    .describe('Whether these numbers may be put on the do-not-contact list by their cause.'),
  suppression: z
    .object({
      looked_up: count.describe(
        'Those with a number; of more than 10,000 the first so many, in upload order.',
      ),
      on_list: count.describe('How many of these are on the do-not-contact list now.'),
      complete: z.boolean().describe('Whether all of the cause were looked up.'),
    })
    .nullable()
    .describe('null where offers_suppression is false.'),
  sample_message: z.string().nullable().describe('What was said of one of them.'),
  last_failed_at: z.iso.datetime().describe('When somebody last failed for this cause.'),
});

export type FailureGroup = z.infer<typeof failureGroupSchema>;
