import { z } from 'zod';

/**
 * What a recipient, or a column of a CSV, fills in a template (browser-safe). Keys are the contract's:
 * header_param_1, header_media_url, body_param_1…n or body_param_<name>, button_url_param(_2…),
 * button_code_param, button_payload_param_N.
 */
export const templateParameterSchema = z.object({
  key: z.string(),
  component: z.enum(['header', 'body', 'button']),
  required: z.boolean(),
  example: z.string().nullable(),
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
});

/** A template as the API shows it. */
export type Template = z.infer<typeof templateSchema>;
