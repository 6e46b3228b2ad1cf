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

export const templateSchema = z.object({
  id: z.number().int(),
  sender_id: z.uuid(),
  meta_id: z.string(),
  name: z.string(),
  language: z.string(),
  category: z.string(),
  status: z.string(),
  parameter_format: z.enum(['POSITIONAL', 'NAMED']),
  /** As Meta gave them. */
  components: z.array(z.looseObject({ type: z.string() })),
  parameters: z.array(templateParameterSchema),
});

/** A template as the API shows it. */
export type Template = z.infer<typeof templateSchema>;
