import { z } from 'zod';

// Written from the contract, not from the product's schemas: a mistake there must show here.

const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, 'ISO 8601 in UTC');
const count = z.number().int().min(0);

export const failureShape = z.object({
  success: z.literal(false),
  error: z.object({
    code: z.string().regex(/^[a-z][a-z0-9_]*$/, 'snake_case'),
    message: z.string().min(8),
    issues: z.array(z.object({ path: z.string(), message: z.string().min(1) })).optional(),
  }),
});

export const signedInShape = z.object({
  success: z.literal(true),
  user: z.object({ id: z.uuid(), email: z.string(), name: z.string().nullable() }),
  access_token: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'a JWT'),
  refresh_token: z.string().min(20),
  token_type: z.literal('Bearer'),
  expires_in: z.number().int().positive(),
});

export const senderShape = z.object({
  id: z.uuid(),
  name: z.string(),
  phone_number_id: z.string(),
  waba_id: z.string(),
  webhook_url: z.url(),
  verify_token: z.string().min(1),
  rate_limit: z.number().int().min(1).max(1000),
  quality_rating: z.string().nullable(),
  throughput_level: z.string().nullable(),
  status: z.string(),
});
export type Sender = z.infer<typeof senderShape>;

export const templateShape = z.object({
  id: z.number().int(),
  sender_id: z.uuid(),
  meta_id: z.string(),
  name: z.string(),
  language: z.string(),
  category: z.string(),
  status: z.string(),
  parameter_format: z.string(),
  components: z.array(z.looseObject({ type: z.string() })),
  parameters: z.array(
    z.object({
      key: z.string(),
      component: z.string(),
      required: z.boolean(),
      example: z.string().nullable(),
    }),
  ),
});
export type Template = z.infer<typeof templateShape>;

export const campaignShape = z.object({
  id: z.uuid(),
  user_id: z.uuid(),
  sender_id: z.uuid(),
  name: z.string(),
  template_id: z.number().int(),
  template_name: z.string(),
  template_language: z.string(),
  status: z.enum(['draft', 'scheduled', 'active', 'paused', 'completed', 'stopped']),
  total_recipients: count,
  sent: count,
  delivered: count,
  read: count,
  failed: count,
  pending: count,
  skipped: count,
  unconfirmed: count,
  held: count,
  worker_count: z.number().int().min(1).max(100),
  rate_limit: z.number().int().min(1).max(1000),
  unconfirmed_policy: z.enum(['ask', 'resend']),
  scheduled_at: time.nullable(),
  paused_reason: z.string().nullable(),
  created_at: time,
  updated_at: time,
  started_at: time.nullable(),
  completed_at: time.nullable(),
});
export type Campaign = z.infer<typeof campaignShape>;

export const recipientPageShape = z.object({
  recipients: z.array(
    z.object({
      id: z.uuid(),
      to: z.string().regex(/^\+[1-9]\d{5,14}$/),
      country_code: z.string().regex(/^\+\d{1,3}$/),
      phone_number: z.string().regex(/^\d+$/),
      status: z.enum(['pending', 'sending', 'sent', 'delivered', 'read', 'failed', 'skipped', 'unconfirmed']),
      message_id: z.string().nullable(),
      attempts: count,
      error_code: z.number().int().nullable(),
      error_message: z.string().nullable(),
      /** Added by the product: the plain-language remedy promised in §6. */
      error_remedy: z.string().nullable().optional(),
      sent_at: time.nullable(),
      delivered_at: time.nullable(),
      read_at: time.nullable(),
      failed_at: time.nullable(),
      params: z.record(z.string(), z.string()),
    }),
  ),
  next_cursor: z.string().nullable(),
});
export type Recipient = z.infer<typeof recipientPageShape>['recipients'][number];

export const createdShape = z.object({
  success: z.literal(true),
  campaign_id: z.uuid(),
  total_recipients: count,
  message: z.literal('Campaign created successfully'),
});
