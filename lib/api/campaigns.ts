import { z } from 'zod';
import { setAutoRetrySchema } from '@/lib/auto-retry/schema';
import {
  campaignNameSchema,
  campaignSchema,
  campaignSortSchema,
  campaignStatusSchema,
  rateLimitSchema,
  unconfirmedPolicySchema,
  workerCountSchema,
} from '@/lib/campaigns/schema';
import { campaignTimelineSchema } from '@/lib/campaigns/timeline-schema';
import { addedOptOutsSchema } from '@/lib/opt-outs/schema';
import { localStartSchema } from '@/lib/schedule/schema';
import { endpoint } from './endpoint';

const campaignId = z.strictObject({ id: z.uuid() });
const done = z.object({ success: z.literal(true), message: z.string() });

const DEFAULT_PAGE = 50;
const MAX_PAGE = 200;
const LIMIT_WORDS = `Must be a whole number from 1 to ${MAX_PAGE}.`;

export const listCampaignsEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns',
  tag: 'Campaigns',
  summary: 'List campaigns, newest first',
  description:
    'The answer is the bare array. When there are more, the `Link` header names the next page with `rel="next"`, and `X-Next-Cursor` carries its cursor. The first page says in `X-Total-Count` how many there are on all of them.',
  auth: 'user',
  query: z.strictObject({
    user_id: z.uuid().optional().describe('Only the campaigns this member of the workspace made.'),
    status: campaignStatusSchema.optional(),
    search: z.string().trim().max(200).optional().describe('Part of the name, in any case.'),
    created_after: z.iso.datetime({ offset: true }).optional(),
    created_before: z.iso.datetime({ offset: true }).optional(),
    ids: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.uuid()).max(MAX_PAGE))
      .optional()
      .describe(`Only these, separated by commas, at most ${MAX_PAGE}; those that are gone are left out.`),
    sort: campaignSortSchema
      .optional()
      .describe('`newest` unless given. A cursor is good for its own order.'),
    limit: z.coerce
      .number(LIMIT_WORDS)
      .int(LIMIT_WORDS)
      .min(1, LIMIT_WORDS)
      .max(MAX_PAGE, LIMIT_WORDS)
      .default(DEFAULT_PAGE),
    cursor: z.string().max(200).optional().describe('From `X-Next-Cursor`.'),
  }),
  responses: { 200: z.array(campaignSchema) },
});

export const getCampaignEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}',
  tag: 'Campaigns',
  summary: 'One campaign with its counts',
  description:
    'The counts always add up: `total_recipients = sent + failed + pending + skipped + unconfirmed`.',
  auth: 'user',
  params: campaignId,
  responses: { 200: campaignSchema },
});

export const sendCampaignEndpoint = endpoint({
  method: 'POST',
  path: '/api/campaigns/{id}/send',
  tag: 'Campaigns',
  summary: 'Start a draft, or resume a paused campaign',
  description: 'What is left out stays as it was: 10 requests under way at once, 50 messages a second.',
  auth: 'user',
  params: campaignId,
  body: z.strictObject({
    worker_count: workerCountSchema.optional().describe('Requests under way at once.'),
    rate_limit: rateLimitSchema.optional().describe('Messages a second.'),
  }),
  bodyOptional: true,
  idempotent: true,
  responses: {
    202: done.extend({ campaign_id: z.uuid(), worker_count: z.number(), rate_limit: z.number() }),
  },
});

export const setCampaignStatusEndpoint = endpoint({
  method: 'POST',
  path: '/api/campaigns/{id}/status',
  tag: 'Campaigns',
  summary: 'Pause, resume or stop; start a planned one now',
  description:
    'After the answer no new request starts later than one second; those under way end and are counted.',
  auth: 'user',
  params: campaignId,
  body: z.strictObject({ status: z.enum(['active', 'paused', 'stopped']) }),
  responses: { 200: done },
});

export const updateCampaignEndpoint = endpoint({
  method: 'PATCH',
  path: '/api/campaigns/{id}',
  tag: 'Campaigns',
  summary: 'Change name, speeds, schedule or policy',
  description:
    'The two speeds may change while it runs, the start until it has begun. A local time that the clocks of its zone skip is 422 `local_time_skipped` with the nearest times; one that they show twice is 422 `local_time_twice` with both instants, until `offset` says which. A start that was missed, or is held by a brake (`start_missed_at`; then `paused_reason` says why), waits for a new time here, or for `POST /api/campaigns/{id}/status` with `active`.',
  auth: 'user',
  params: campaignId,
  body: z
    .strictObject({
      name: campaignNameSchema.optional(),
      worker_count: workerCountSchema.optional(),
      rate_limit: rateLimitSchema.optional(),
      unconfirmed_policy: unconfirmedPolicySchema.optional(),
      auto_retry: setAutoRetrySchema
        .nullable()
        .optional()
        .describe(
          'Which failures go again without a person, by cause; null: none. Also of a completed campaign.',
        ),
      scheduled_at: z.iso
        .datetime({ offset: true })
        .nullable()
        .optional()
        .describe('When a draft starts by itself; null takes it back.'),
      schedule: localStartSchema
        .optional()
        .describe('The same by the clocks of a time zone, instead of `scheduled_at`.'),
    })
    .refine((body) => Object.keys(body).length > 0, 'Name at least one field to change.')
    .refine(
      (body) => body.scheduled_at === undefined || body.schedule === undefined,
      'Give the start either as `scheduled_at` or as `schedule`, not as both.',
    ),
  responses: { 200: z.object({ success: z.literal(true), campaign: campaignSchema }) },
});

export const deleteCampaignEndpoint = endpoint({
  method: 'DELETE',
  path: '/api/campaigns/{id}',
  tag: 'Campaigns',
  summary: 'Delete a draft, completed or stopped campaign',
  description: 'With its recipients and everything else that belongs to it.',
  auth: 'user',
  params: campaignId,
  responses: { 200: z.object({ success: z.literal(true) }) },
});

export const campaignTimelineEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}/timeline',
  tag: 'Campaigns',
  summary: 'Who did what to a campaign, newest first',
  auth: 'user',
  params: campaignId,
  query: z.strictObject({
    limit: z.coerce
      .number(LIMIT_WORDS)
      .int(LIMIT_WORDS)
      .min(1, LIMIT_WORDS)
      .max(MAX_PAGE, LIMIT_WORDS)
      .default(DEFAULT_PAGE),
    cursor: z.string().max(20).optional().describe('`next_cursor` of the page before.'),
  }),
  responses: { 200: campaignTimelineSchema },
});

const retriable = z.enum(['failed', 'unconfirmed']);

export const retryCampaignEndpoint = endpoint({
  method: 'POST',
  path: '/api/campaigns/{id}/retry',
  tag: 'Campaigns',
  summary: 'Put failed or unconfirmed recipients back in the queue',
  description: [
    'An unconfirmed message may have arrived: sending it again is a decision, so it is never part of the default. A finished campaign becomes active again.',
    'With `error_codes` only those causes go again. Of 131049 (WhatsApp limits marketing to this person) only who failed 24 hours ago or longer: the others stay as they are and are counted in `waiting`; when all must wait, the answer is a 409 `retry_too_soon` that says from when. Without `error_codes` all failed go again at once.',
  ].join('\n\n'),
  auth: 'user',
  params: campaignId,
  body: z.strictObject({
    include: z.union([retriable, z.array(retriable).min(1).max(2)]).default(['failed']),
    error_codes: z
      .array(z.int32().nullable())
      .min(1)
      .max(100)
      .optional()
      .describe('Of the failed only those with one of these codes of WhatsApp; null: those without a code.'),
  }),
  bodyOptional: true,
  responses: {
    200: z.object({
      success: z.literal(true),
      retried: z.number().int(),
      waiting: z
        .number()
        .int()
        .optional()
        .describe('How many were asked for by their code, but failed too lately; left out where nobody did.'),
      waiting_until: z.iso.datetime().optional().describe('When the last of those may be sent to again.'),
    }),
  },
});

export const suppressFailedEndpoint = endpoint({
  method: 'POST',
  path: '/api/campaigns/{id}/suppress',
  tag: 'Campaigns',
  summary: 'Put who failed with one code on the do-not-contact list',
  description:
    'For codes that speak of the number itself, such as 131026 (not on WhatsApp); 422 for any other. Repeating it adds nobody twice.',
  auth: 'user',
  params: campaignId,
  body: z.strictObject({ error_code: z.int32().meta({ example: 131026 }) }),
  responses: { 200: addedOptOutsSchema },
});

export const campaignEventsEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}/events',
  tag: 'Campaigns',
  summary: 'Follow one campaign live (Server-Sent Events)',
  description:
    '`event: campaign` with the campaign as data: at once, then on every change, at most four a second and at least every 15 s.',
  auth: 'user',
  params: campaignId,
  responses: { 200: 'text/event-stream' },
});
