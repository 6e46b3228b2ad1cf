import { z } from 'zod';
import { campaignStatusSchema } from '@/lib/campaigns/schema';
import { e164Schema, optOutSchema, optOutSourceSchema } from '@/lib/opt-outs/schema';
import { recipientStatusSchema } from '@/lib/recipients/schema';

const time = z.iso.datetime();

export const contactCampaignSchema = z.object({
  campaign_id: z.uuid(),
  name: z.string(),
  campaign_status: campaignStatusSchema,
  is_test: z.boolean(),
  recipient_id: z.uuid(),
  status: recipientStatusSchema,
  error_code: z.int().nullable(),
  error_message: z.string().nullable(),
  error_remedy: z.string().nullable(),
  sent_at: time.nullable(),
  delivered_at: time.nullable(),
  read_at: time.nullable(),
  failed_at: time.nullable(),
  created_at: time.describe('When the campaign was made.'),
  list_source: z
    .enum(['file', 'api'])
    .nullable()
    .describe('How the number came into it; null: it was made before this was kept.'),
  list_name: z.string().nullable().describe('The name of the file.'),
  added_by: z.string().nullable().describe('Who made the campaign.'),
  attested: z.boolean().describe('Whether they confirmed that these people agreed to such messages.'),
});
export type ContactCampaign = z.infer<typeof contactCampaignSchema>;

export const contactEventSchema = z.object({
  kind: z.enum(['opt_out_added', 'opt_out_removed', 'contact_erased']),
  at: time,
  by: z.string().nullable().describe('null: Herald did it by itself.'),
  reason: z.string().nullable(),
  source: optOutSourceSchema.nullable().describe('Of what was added.'),
  was: z
    .object({ source: optOutSourceSchema, reason: z.string(), created_at: time })
    .nullable()
    .describe('The entry that was removed.'),
});
export type ContactEvent = z.infer<typeof contactEventSchema>;

export const contactSchema = z.object({
  phone: e164Schema,
  opt_out: optOutSchema.nullable().describe('null: not on the do-not-contact list.'),
  history: z.array(contactEventSchema).describe('Changes of the list, newest first; the last hundred.'),
  campaigns: z.array(contactCampaignSchema).describe('Newest first.'),
  next_cursor: z.string().nullable(),
  messages: z.object({
    count: z.int().describe('What this person wrote to your numbers.'),
    latest: z.object({ received_at: time, kind: z.string(), text: z.string().nullable() }).nullable(),
  }),
});
export type Contact = z.infer<typeof contactSchema>;

const DEFAULT_PAGE = 20;
const MAX_PAGE = 100;

export const contactQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE).describe('Campaigns.'),
  cursor: z
    .string()
    .max(200)
    .optional()
    .describe(
      '`next_cursor` of the page before; a page may hold few campaigns, or none, and not be the last.',
    ),
});

const values = z.record(z.string(), z.string());

export const contactExportSchema = z.object({
  phone: e164Schema,
  exported_at: time,
  opt_out: optOutSchema.nullable(),
  history: z.array(contactEventSchema),
  campaigns: z.array(
    contactCampaignSchema.extend({
      values: values.describe('The row of the upload, by column.'),
      past_attempts: z.array(
        z.object({
          attempt: z.int(),
          outcome: z.string(),
          error_code: z.int().nullable(),
          error_message: z.string().nullable(),
          ended_at: time,
        }),
      ),
    }),
  ),
  left_out_rows: z
    .array(z.object({ campaign_id: z.uuid(), row: z.int(), reason: z.string(), values }))
    .describe('Rows of uploads with this number that became no recipient.'),
  messages: z.array(
    z.object({ received_at: time, kind: z.string(), text: z.string().nullable(), original: z.unknown() }),
  ),
});
export type ContactExport = z.infer<typeof contactExportSchema>;

export const eraseContactSchema = z.strictObject({
  confirm: e164Schema.describe('The number once more: this cannot be undone.'),
});

export const erasedContactSchema = z.object({
  success: z.literal(true),
  message: z.string(),
  campaigns: z.int().describe('Campaigns in which the number and its row were replaced; their counts stay.'),
  left_out_rows: z.int(),
  messages: z.int(),
  stays_on_list: z.boolean().describe('Who must not be written to stays on the do-not-contact list.'),
  open_drafts: z.int().describe('Campaigns being put together; their files were searched.'),
  draft_files_removed: z
    .array(z.object({ id: z.uuid(), name: z.string() }))
    .describe(
      'Those whose file held the number, or is a workbook, which is not searched: the file was removed.',
    ),
});
export type ErasedContact = z.infer<typeof erasedContactSchema>;
