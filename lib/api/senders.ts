import { z } from 'zod';
import { createSenderSchema, senderSchema, updateSenderSchema } from '@/lib/senders/schema';
import { templateChangesSchema } from '@/lib/templates/schema';
import { endpoint } from './endpoint';

const senderId = z.strictObject({ id: z.uuid() });
const success = z.literal(true);

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
  summary: 'Change name, credentials or speed',
  description: 'A new `rate_limit` acts on running campaigns at once.',
  auth: 'user',
  params: senderId,
  body: updateSenderSchema,
  responses: { 200: z.object({ success, sender: senderSchema }) },
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
