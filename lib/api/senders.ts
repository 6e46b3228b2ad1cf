import { z } from 'zod';
import {
  connectionCheckSchema,
  createSenderSchema,
  senderSchema,
  testCredentialsSchema,
  updateSenderSchema,
} from '@/lib/senders/schema';
import { dailyUseSchema } from '@/lib/daily-limit/schema';
import { placeOpeningSchema, shownSendWindowSchema } from '@/lib/send-window/schema';
import { templateChangesSchema } from '@/lib/templates/schema';
import { endpoint } from './endpoint';

const senderId = z.strictObject({ id: z.uuid() });
const success = z.literal(true);

const openingsQuery = z.strictObject({
  countries: z
    .string()
    .regex(
      /^[A-Z]{2}(,[A-Z]{2}){0,299}$/,
      'Must be countries of ISO 3166, two letters each, with commas between.',
    )
    .transform((text) => text.split(','))
    .optional()
    .describe(
      'ISO 3166 alpha-2, with commas between; ZZ: numbers that belong to no country. All of them unless given.',
    )
    .meta({ example: 'DE,IN' }),
  at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .describe('For which moment; now unless given.'),
});

export const createSenderEndpoint = endpoint({
  method: 'POST',
  path: '/api/senders',
  tag: 'Senders',
  summary: 'Add a WhatsApp Business phone number, or one of the sandbox',
  description:
    'With `sandbox: true` the sandbox makes up a number and its account; it reaches no network. The access token and the app secret are stored encrypted and never shown again.',
  auth: 'user',
  body: createSenderSchema,
  responses: { 201: z.object({ success, sender: senderSchema }) },
});

export const listSendersEndpoint = endpoint({
  method: 'GET',
  path: '/api/senders',
  tag: 'Senders',
  summary: 'List senders, oldest first',
  auth: 'user',
  responses: { 200: z.array(senderSchema) },
});

export const getSenderEndpoint = endpoint({
  method: 'GET',
  path: '/api/senders/{id}',
  tag: 'Senders',
  summary: 'One sender',
  auth: 'user',
  params: senderId,
  responses: { 200: senderSchema },
});

export const updateSenderEndpoint = endpoint({
  method: 'PATCH',
  path: '/api/senders/{id}',
  tag: 'Senders',
  summary: 'Change name, credentials, speed, send window or default country',
  description:
    'A new `rate_limit` and a new `send_window` act on running campaigns at once: who is outside a window waits, who waited and need not any more goes on.',
  auth: 'user',
  params: senderId,
  body: updateSenderSchema,
  responses: { 200: z.object({ success, sender: senderSchema }) },
});

export const senderOpeningsEndpoint = endpoint({
  method: 'GET',
  path: '/api/senders/{id}/openings',
  tag: 'Senders',
  summary: 'Where the send window is open, and when it opens elsewhere',
  description:
    'In a country with several zones the window is open while it is in all of them; where no moment suits all, while it is in as many as it ever is at once. A sender without a window is open everywhere.',
  auth: 'user',
  params: senderId,
  query: openingsQuery,
  responses: {
    200: z.object({ send_window: shownSendWindowSchema.nullable(), places: z.array(placeOpeningSchema) }),
  },
});

export const senderDailyLimitEndpoint = endpoint({
  method: 'GET',
  path: '/api/senders/{id}/daily-limit',
  tag: 'Senders',
  summary: 'How much of the daily limit is used',
  description:
    'WhatsApp limits to how many people a business may write first in any 24 hours, over all its numbers. Counted are all people to whom a template was sent from here, by all senders of the same business portfolio (`portfolio_id`), or of the same account (`waba_id`) while the portfolio is not known; WhatsApp itself does not count who wrote within the last 24 hours, so it may be less there, and more where other programs send too. Campaigns keep to it by themselves: the rest waits and goes on as places come free.',
  auth: 'user',
  params: senderId,
  responses: { 200: dailyUseSchema },
});

export const deleteSenderEndpoint = endpoint({
  method: 'DELETE',
  path: '/api/senders/{id}',
  tag: 'Senders',
  summary: 'Delete a sender and its templates',
  description: 'Refused with 409 while a draft, scheduled, active or paused campaign uses it.',
  auth: 'user',
  params: senderId,
  responses: { 200: z.object({ success }) },
});

export const syncSenderEndpoint = endpoint({
  method: 'POST',
  path: '/api/senders/{id}/sync',
  tag: 'Senders',
  summary: 'Fetch the number and all its templates from WhatsApp',
  description:
    'Tells what had changed: `added`, `changed` and `removed` name the first 100 of each, `totals` count all. A sync that fails keeps everything as it was.',
  auth: 'user',
  params: senderId,
  responses: {
    200: templateChangesSchema.extend({
      success,
      templates: z.int().describe('How many templates the account has.'),
    }),
  },
});

export const checksSchema = z.object({ success, checks: z.array(connectionCheckSchema) });

export const testCredentialsEndpoint = endpoint({
  method: 'POST',
  path: '/api/senders/test',
  tag: 'Senders',
  summary: 'Test credentials before they are stored',
  description:
    'Reads from WhatsApp and stores nothing. A check that fails is told in the answer, which is 200 all the same: `token` (WhatsApp accepts it), `number` (it is connected and may send), `account` (it holds the number), `templates` (they can be read), `webhook` (what happens is reported here, and the app secret fits). At most 20 tests a minute.',
  auth: 'user',
  limited: true,
  body: testCredentialsSchema,
  responses: { 200: checksSchema },
});

export const testSenderEndpoint = endpoint({
  method: 'POST',
  path: '/api/senders/{id}/test',
  tag: 'Senders',
  summary: "Test a sender's connection",
  description: 'The same checks with the stored credentials.',
  auth: 'user',
  limited: true,
  params: senderId,
  responses: { 200: checksSchema },
});
