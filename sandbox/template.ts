import { z } from 'zod';

const exampleSchema = z.looseObject({});

const buttonSchema = z.looseObject({
  type: z.string(),
  text: z.string().max(25).optional(),
  url: z.string().max(2000).optional(),
});

const componentSchema = z.looseObject({
  type: z.enum(['HEADER', 'BODY', 'FOOTER', 'BUTTONS']),
  format: z.enum(['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION']).optional(),
  text: z.string().max(1024).optional(),
  buttons: z.array(buttonSchema).max(10).optional(),
  example: exampleSchema.optional(),
});

/** A template exactly as Graph returns it, every field that can be asked for. */
export const templateSchema = z.strictObject({
  id: z.string().regex(/^\d+$/),
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.string().regex(/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/),
  category: z.enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']),
  sub_category: z.string().optional(),
  previous_category: z.string().optional(),
  status: z.string(),
  rejected_reason: z.string().default('NONE'),
  parameter_format: z.enum(['POSITIONAL', 'NAMED']).default('POSITIONAL'),
  quality_score: z.looseObject({ score: z.string() }),
  message_send_ttl_seconds: z.number().int().optional(),
  components: z.array(componentSchema).min(1),
});

export type GraphTemplate = z.infer<typeof templateSchema>;
export type GraphComponent = z.infer<typeof componentSchema>;
export type GraphButton = z.infer<typeof buttonSchema>;

export interface ButtonShape {
  /** As the template has it: URL, QUICK_REPLY, COPY_CODE, PHONE_NUMBER, OTP… */
  type: string;
  /** What a send must name the button by; null for buttons that take no parameter. */
  subType: 'url' | 'quick_reply' | 'copy_code' | null;
  /** A send without a value for it is refused. */
  required: boolean;
  /** Any value for it is refused. */
  fixed: boolean;
  /** Longest value: what the whole address leaves, or 15 for a one-time code. */
  limit: number;
}

/** What a template asks of a send, worked out once. */
export interface TemplateShape {
  template: GraphTemplate;
  named: boolean;
  headerFormat: string | null;
  headerText: string;
  headerParameters: string[];
  bodyText: string;
  bodyParameters: string[];
  buttons: ButtonShape[];
}

const PLACEHOLDER = /\{\{\s*([a-z0-9_]+)\s*\}\}/g;

/** The placeholders of a text, each once, in order; positional ones sorted by number. */
export function placeholdersOf(text: string): string[] {
  const found = [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))];
  return found.every((name) => /^\d+$/.test(name)) ? found.sort((a, b) => Number(a) - Number(b)) : found;
}

export function fillPlaceholders(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => values.get(name) ?? whole);
}

const URL_LIMIT = 2000;
export const CODE_LIMIT = 15;

function shapeButton(button: GraphButton, isCode: boolean): ButtonShape {
  const url = button.url ?? '';
  const dynamic = url.includes('{{');
  const base = {
    type: button.type,
    limit: isCode ? CODE_LIMIT : URL_LIMIT - url.replace('{{1}}', '').length,
  };
  switch (button.type) {
    case 'URL':
      return { ...base, subType: 'url', required: dynamic, fixed: !dynamic };
    case 'OTP':
      return { ...base, subType: 'url', required: true, fixed: false };
    case 'COPY_CODE':
      return { ...base, subType: 'copy_code', required: true, fixed: false };
    case 'QUICK_REPLY':
      return { ...base, subType: 'quick_reply', required: false, fixed: false };
    default:
      return { ...base, subType: null, required: false, fixed: true };
  }
}

export function shapeOf(template: GraphTemplate): TemplateShape {
  const part = (type: string): GraphComponent | undefined => template.components.find((c) => c.type === type);
  const header = part('HEADER');
  const headerText = header?.format === 'TEXT' ? (header.text ?? '') : '';
  const bodyText = part('BODY')?.text ?? '';
  return {
    template,
    named: template.parameter_format === 'NAMED',
    headerFormat: header ? (header.format ?? 'TEXT') : null,
    headerText,
    headerParameters: placeholdersOf(headerText),
    bodyText,
    bodyParameters: placeholdersOf(bodyText),
    buttons: (part('BUTTONS')?.buttons ?? []).map((button) =>
      shapeButton(button, template.category === 'AUTHENTICATION'),
    ),
  };
}
