import { z } from 'zod';

const exampleSchema = z.looseObject({});

const buttonSchema = z.looseObject({
  type: z.string(),
  text: z.string().max(25).optional(),
  url: z.string().max(2000).optional(),
});

const partSchema = z.looseObject({
  type: z.enum(['HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'LIMITED_TIME_OFFER']),
  format: z.enum(['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION']).optional(),
  text: z.string().max(1024).optional(),
  buttons: z.array(buttonSchema).max(10).optional(),
  limited_time_offer: z
    .strictObject({ text: z.string().min(1).max(16), has_expiration: z.boolean().optional() })
    .optional(),
  example: exampleSchema.optional(),
});

const carouselSchema = z.strictObject({
  type: z.literal('CAROUSEL'),
  cards: z
    .array(z.strictObject({ components: z.array(partSchema).min(1) }))
    .min(2)
    .max(10),
});

const componentSchema = z.union([carouselSchema, partSchema]);

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
export type GraphPart = z.infer<typeof partSchema>;
export type GraphButton = z.infer<typeof buttonSchema>;

export interface ButtonShape {
  /** As the template has it: URL, QUICK_REPLY, COPY_CODE, PHONE_NUMBER, OTP… */
  type: string;
  /** What a send must name the button by; null for buttons that take no parameter. */
  subType: 'url' | 'quick_reply' | 'copy_code' | 'flow' | 'catalog' | 'mpm' | null;
  /** A send without a value for it is refused. */
  required: boolean;
  /** Any value for it is refused. */
  fixed: boolean;
  /** Longest value: what the whole address leaves, or 15 for a one-time code. */
  limit: number;
}

/** What a message, or a card of a carousel, asks of a send, worked out once. */
export interface PartsShape {
  named: boolean;
  isCode: boolean;
  /** Longest text of the body, filled. */
  bodyLimit: number;
  /** A limited-time offer that ends: a send must say when. */
  offerExpires: boolean;
  headerFormat: string | null;
  headerText: string;
  headerParameters: string[];
  bodyText: string;
  bodyParameters: string[];
  buttons: ButtonShape[];
}

/** What a template asks of a send. */
export interface TemplateShape extends PartsShape {
  template: GraphTemplate;
  /** Of a carousel, in order; null: the template has none. */
  cards: PartsShape[] | null;
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
    case 'FLOW':
      return { ...base, subType: 'flow', required: true, fixed: false };
    case 'CATALOG':
      return { ...base, subType: 'catalog', required: false, fixed: false };
    case 'MPM':
      return { ...base, subType: 'mpm', required: true, fixed: false };
    default:
      return { ...base, subType: null, required: false, fixed: true };
  }
}

const BODY_LIMIT = 1024;
const OFFER_BODY_LIMIT = 600;
/** Of Meta's carousel page. */
const CARD_BODY_LIMIT = 160;

const isPart = (component: GraphComponent): component is GraphPart => component.type !== 'CAROUSEL';

export function shapeOf(template: GraphTemplate): TemplateShape {
  const carousel = template.components.find((c) => c.type === 'CAROUSEL');
  return {
    ...shapeParts(template.components.filter(isPart), template),
    template,
    cards:
      carousel?.type === 'CAROUSEL'
        ? carousel.cards.map(({ components }) => ({
            ...shapeParts(components, template),
            bodyLimit: CARD_BODY_LIMIT,
          }))
        : null,
  };
}

function shapeParts(components: readonly GraphPart[], template: GraphTemplate): PartsShape {
  const part = (type: string): GraphPart | undefined => components.find((c) => c.type === type);
  const header = part('HEADER');
  const headerText = header?.format === 'TEXT' ? (header.text ?? '') : '';
  const bodyText = part('BODY')?.text ?? '';
  const offer = part('LIMITED_TIME_OFFER');
  const isCode = template.category === 'AUTHENTICATION';
  return {
    named: template.parameter_format === 'NAMED',
    isCode,
    bodyLimit: offer ? OFFER_BODY_LIMIT : BODY_LIMIT,
    offerExpires: offer?.limited_time_offer?.has_expiration ?? false,
    headerFormat: header ? (header.format ?? 'TEXT') : null,
    headerText,
    headerParameters: placeholdersOf(headerText),
    bodyText,
    bodyParameters: placeholdersOf(bodyText),
    buttons: (part('BUTTONS')?.buttons ?? []).map((button) => shapeButton(button, isCode)),
  };
}
