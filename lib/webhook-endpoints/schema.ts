import { z } from 'zod';
import { TEST_EVENT, WEBHOOK_EVENT_TYPES } from './events';

// Browser-safe: what the API and the pages say of endpoints and deliveries.

/** How long a secret that was replaced still signs, so that no receiver is cut off while it learns the new one. */
export const SECRET_OVERLAP_HOURS = 24;

const time = z.iso.datetime();

export const webhookEventTypeSchema = z.enum(WEBHOOK_EVENT_TYPES);

export const webhookEndpointSchema = z.object({
  id: z.uuid(),
  url: z.string(),
  description: z.string(),
  events: z.array(webhookEventTypeSchema),
  enabled: z.boolean(),
  disabled_reason: z
    .string()
    .nullable()
    .describe('Why Herald switched it off; null: a person did, or it is on.'),
  failing_since: time.nullable().describe('The first of the failures since it last took something.'),
  last_success_at: time.nullable().describe('To some seconds.'),
  waiting: z.int().describe('Deliveries that wait for their next attempt; 1000: as many or more.'),
  old_secret_until: time.nullable().describe('Until then the secret before the last rotation signs too.'),
  created_at: time,
  updated_at: time,
});
export type WebhookEndpoint = z.infer<typeof webhookEndpointSchema>;

const url = z
  .string()
  .trim()
  .min(1, 'Enter the address to call.')
  .meta({ example: 'https://shop.example.com/herald' });
const description = z.string().trim().max(100, 'Must have at most 100 characters.');
const events = z
  .array(webhookEventTypeSchema)
  .min(1, 'Choose at least one event.')
  .transform((list) => WEBHOOK_EVENT_TYPES.filter((type) => list.includes(type)));

export const createWebhookEndpointSchema = z.strictObject({
  url: url.describe(
    'https, on the public internet; no redirect is followed. The setting WEBHOOK_PRIVATE_NETWORKS allows others.',
  ),
  description: description.default(''),
  events,
});
export type CreateWebhookEndpoint = z.infer<typeof createWebhookEndpointSchema>;

export const updateWebhookEndpointSchema = z
  .strictObject({
    url: url.optional(),
    description: description.optional(),
    events: events.optional(),
    enabled: z
      .boolean()
      .optional()
      .describe(
        'Off: nothing is recorded for it and nothing sent; what waits is kept, and sent once it is on again.',
      ),
  })
  .refine((changes) => Object.keys(changes).length > 0, 'Name at least one field to change.');
export type UpdateWebhookEndpoint = z.infer<typeof updateWebhookEndpointSchema>;

export const madeWebhookEndpointSchema = z.object({
  success: z.literal(true),
  secret: z.string().meta({ description: 'Signs what is sent. Shown this once.', example: 'whsec_…' }),
  webhook_endpoint: webhookEndpointSchema,
});
export type MadeWebhookEndpoint = z.infer<typeof madeWebhookEndpointSchema>;

export const changedWebhookEndpointSchema = z.object({
  success: z.literal(true),
  webhook_endpoint: webhookEndpointSchema,
});

export const DELIVERY_STATES = ['waiting', 'delivered', 'given_up'] as const;
export const deliveryStateSchema = z.enum(DELIVERY_STATES);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

export const webhookDeliverySchema = z.object({
  id: z.uuid(),
  message_id: z.string().describe('The header `webhook-id`: the same over all attempts and endpoints.'),
  type: z.enum([...WEBHOOK_EVENT_TYPES, TEST_EVENT]),
  state: deliveryStateSchema,
  attempts: z.int().describe('Since it was made, or last sent again by a person.'),
  next_attempt_at: time.nullable().describe('null: there is none.'),
  tries: z
    .array(
      z.object({
        at: time,
        status: z.int().nullable().describe('null: no answer came.'),
        duration_ms: z.int(),
        error: z.string().nullable().describe('null: it was taken.'),
        answer: z.string().describe('The beginning of the answer.'),
      }),
    )
    .describe('The last attempts, oldest first.'),
  body: z.string().describe('As it is signed and sent.'),
  created_at: time,
  ended_at: time.nullable(),
});
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;

const MAX_PAGE = 100;
const LIMIT_WORDS = `Must be a whole number from 1 to ${MAX_PAGE}.`;

export const listDeliveriesQuerySchema = z.strictObject({
  state: deliveryStateSchema.optional(),
  limit: z.coerce
    .number(LIMIT_WORDS)
    .int(LIMIT_WORDS)
    .min(1, LIMIT_WORDS)
    .max(MAX_PAGE, LIMIT_WORDS)
    .default(25),
  cursor: z.string().max(200).optional().describe('`next_cursor` of the page before.'),
});

export const deliveryPageSchema = z.object({
  deliveries: z.array(webhookDeliverySchema),
  next_cursor: z.string().nullable(),
});
export type DeliveryPage = z.infer<typeof deliveryPageSchema>;

export const queuedDeliverySchema = z.object({
  success: z.literal(true),
  delivery: webhookDeliverySchema,
});
