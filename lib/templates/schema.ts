import { z } from 'zod';
import { valueFormatSchema } from './values/format';

/**
 * What a recipient, or a column of a CSV, fills in a template (browser-safe). Keys are the contract's:
 * header_param_1, header_media_url, body_param_1…n or body_param_<name>, button_url_param(_2…),
 * button_code_param, button_payload_param_N; and for the kinds it does not name header_location_latitude (longitude,
 * name, address), offer_expires_at, button_flow_token_param, button_flow_data_param, button_thumbnail_param and
 * button_products_param. A carousel's cards have the same keys after card_1_, card_2_, …
 */
export const templateParameterSchema = z.object({
  key: z.string(),
  component: z.enum(['header', 'body', 'offer', 'button']),
  required: z.boolean(),
  example: z.string().nullable(),
  /** Where WhatsApp takes less here than in others of its kind: a one-time code, the text of a card. */
  max_chars: z.int().optional(),
});

export type TemplateParameter = z.infer<typeof templateParameterSchema>;

/** As Meta gave it: `type` and whatever else belongs to that type. */
export const templateComponentSchema = z.looseObject({ type: z.string() });

export type TemplateComponent = z.infer<typeof templateComponentSchema>;

export const parameterFormatSchema = z.enum(['POSITIONAL', 'NAMED']);

export type ParameterFormat = z.infer<typeof parameterFormatSchema>;

export const templateSchema = z.object({
  id: z.number().int(),
  sender_id: z.uuid(),
  meta_id: z.string(),
  name: z.string(),
  language: z.string(),
  category: z.string(),
  status: z.string(),
  parameter_format: parameterFormatSchema,
  components: z.array(templateComponentSchema),
  parameters: z.array(templateParameterSchema),
  quality_score: z.string().nullable(),
  rejected_reason: z.string().nullable(),
  /** Why it cannot be sent now, in one sentence that says what to do; null when it can. */
  unsendable_reason: z.string().nullable(),
  synced_at: z.iso.datetime(),
  /** How the last uploaded list was mapped to it: phone_number, country_code or parameter key → column or text. */
  last_mapping: z
    .record(
      z.string(),
      z.object({
        column: z.string().optional(),
        text: z.string().optional(),
        format: valueFormatSchema.optional(),
      }),
    )
    .nullable(),
});

/** A template as the API shows it. */
export type Template = z.infer<typeof templateSchema>;

/** What a sync names of each kind of change; the totals count all. */
export const MAX_NAMED_CHANGES = 100;

export const templateNameSchema = z.object({ name: z.string(), language: z.string() });

export type TemplateName = z.infer<typeof templateNameSchema>;

const namedChanges = z.array(templateNameSchema).max(MAX_NAMED_CHANGES);

/** What a sync found new, different and gone, the first hundred of each by name. */
export const templateChangesSchema = z.object({
  added: namedChanges,
  changed: namedChanges,
  removed: namedChanges,
  totals: z.object({ added: z.int(), changed: z.int(), removed: z.int() }),
});

export type TemplateChanges = z.infer<typeof templateChangesSchema>;

/** How many templates a sync found, and what had changed. */
export type SyncReport = TemplateChanges & { templates: number };
