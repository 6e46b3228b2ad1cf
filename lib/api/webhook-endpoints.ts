import { z } from 'zod';
import {
  changedWebhookEndpointSchema,
  createWebhookEndpointSchema,
  deliveryPageSchema,
  listDeliveriesQuerySchema,
  madeWebhookEndpointSchema,
  queuedDeliverySchema,
  SECRET_OVERLAP_HOURS,
  updateWebhookEndpointSchema,
  webhookEndpointSchema,
} from '@/lib/webhook-endpoints/schema';
import { endpoint } from './endpoint';

const tag = 'Webhook endpoints';
const params = z.strictObject({ id: z.uuid() });
const success = z.literal(true);

export const listWebhookEndpointsEndpoint = endpoint({
  method: 'GET',
  path: '/api/webhook-endpoints',
  tag,
  summary: 'List webhook endpoints, oldest first',
  auth: 'user',
  responses: { 200: z.array(webhookEndpointSchema) },
});

export const createWebhookEndpointEndpoint = endpoint({
  method: 'POST',
  path: '/api/webhook-endpoints',
  tag,
  summary: 'Add a webhook endpoint',
  description:
    'Herald tells it of the chosen events by POST, signed as [Standard Webhooks](https://www.standardwebhooks.com): at least once each, tried again for about a day until it answers 2xx within ten seconds. Twenty a workspace at most.',
  auth: 'user',
  body: createWebhookEndpointSchema,
  responses: { 201: madeWebhookEndpointSchema },
});

export const getWebhookEndpointEndpoint = endpoint({
  method: 'GET',
  path: '/api/webhook-endpoints/{id}',
  tag,
  summary: 'One webhook endpoint',
  auth: 'user',
  params,
  responses: { 200: webhookEndpointSchema },
});

export const updateWebhookEndpointEndpoint = endpoint({
  method: 'PATCH',
  path: '/api/webhook-endpoints/{id}',
  tag,
  summary: 'Change a webhook endpoint, switch it on or off',
  auth: 'user',
  params,
  body: updateWebhookEndpointSchema,
  responses: { 200: changedWebhookEndpointSchema },
});

export const deleteWebhookEndpointEndpoint = endpoint({
  method: 'DELETE',
  path: '/api/webhook-endpoints/{id}',
  tag,
  summary: 'Delete a webhook endpoint with its log',
  description: 'What waits for it is not sent any more.',
  auth: 'user',
  params,
  responses: { 200: z.object({ success }) },
});

export const rotateWebhookSecretEndpoint = endpoint({
  method: 'POST',
  path: '/api/webhook-endpoints/{id}/rotate',
  tag,
  summary: 'Replace the secret of a webhook endpoint',
  description: `For ${SECRET_OVERLAP_HOURS} hours each message carries a signature by either, so that nothing is refused while the new one is put in its place. Rotating again within that time ends the older one at once.`,
  auth: 'user',
  params,
  responses: { 200: madeWebhookEndpointSchema },
});

export const testWebhookEndpointEndpoint = endpoint({
  method: 'POST',
  path: '/api/webhook-endpoints/{id}/test',
  tag,
  summary: 'Send a test event',
  description:
    'A `webhook.test`, tried once, by the worker: the log says how it went. 409 for an endpoint that is off.',
  auth: 'user',
  limited: true,
  params,
  responses: { 202: queuedDeliverySchema },
});

export const listWebhookDeliveriesEndpoint = endpoint({
  method: 'GET',
  path: '/api/webhook-endpoints/{id}/deliveries',
  tag,
  summary: 'The log of a webhook endpoint, newest first',
  description: 'What it was sent, or will be, in the last 14 days, each with its attempts.',
  auth: 'user',
  params,
  query: listDeliveriesQuerySchema,
  responses: { 200: deliveryPageSchema, 400: z.unknown() },
});

export const redeliverEndpoint = endpoint({
  method: 'POST',
  path: '/api/webhook-endpoints/{id}/deliveries/{deliveryId}/redeliver',
  tag,
  summary: 'Send a delivery again',
  description:
    'Whatever became of it, under the same `webhook-id`; one that waits is tried at once. 409 for an endpoint that is off.',
  auth: 'user',
  params: params.extend({ deliveryId: z.uuid() }),
  responses: { 202: queuedDeliverySchema },
});
