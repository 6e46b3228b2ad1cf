import type { GraphButton, GraphComponent, GraphPart, GraphTemplate } from '../template';

export type CatalogueTemplate = Omit<GraphTemplate, 'id'>;

type Overrides = Partial<Omit<CatalogueTemplate, 'name' | 'components'>>;

/** A template with Meta's usual values for everything that is not said. */
export function template(
  name: string,
  category: CatalogueTemplate['category'],
  components: GraphComponent[],
  overrides: Overrides = {},
): CatalogueTemplate {
  return {
    name,
    language: 'en_US',
    category,
    status: 'APPROVED',
    rejected_reason: 'NONE',
    parameter_format: 'POSITIONAL',
    quality_score: { score: 'GREEN', date: 1_761_955_200 },
    components,
    ...overrides,
  };
}

export const textHeader = (text: string, ...examples: string[]): GraphPart => ({
  type: 'HEADER',
  format: 'TEXT',
  text,
  ...(examples.length > 0 ? { example: { header_text: examples } } : {}),
});

export const mediaHeader = (format: 'IMAGE' | 'VIDEO' | 'DOCUMENT', file: string): GraphPart => ({
  type: 'HEADER',
  format,
  example: { header_handle: [`https://scontent.whatsapp.net/v/t61.29466-34/${file}?ccb=1-7&_nc_sid=8b1bef`] },
});

/** Positional: `examples` in order. */
export const body = (text: string, ...examples: string[]): GraphPart => ({
  type: 'BODY',
  text,
  ...(examples.length > 0 ? { example: { body_text: [examples] } } : {}),
});

const namedExamples = (examples: Record<string, string>): { param_name: string; example: string }[] =>
  Object.entries(examples).map(([param_name, example]) => ({ param_name, example }));

export const namedTextHeader = (text: string, examples: Record<string, string>): GraphPart => ({
  type: 'HEADER',
  format: 'TEXT',
  text,
  example: { header_text_named_params: namedExamples(examples) },
});

export const namedBody = (text: string, examples: Record<string, string>): GraphPart => ({
  type: 'BODY',
  text,
  example: { body_text_named_params: namedExamples(examples) },
});

export const footer = (text: string): GraphPart => ({ type: 'FOOTER', text });

export const buttons = (...list: GraphButton[]): GraphPart => ({ type: 'BUTTONS', buttons: list });

export const urlButton = (text: string, url: string, example?: string): GraphButton => ({
  type: 'URL',
  text,
  url,
  ...(example ? { example: [url.replace('{{1}}', example)] } : {}),
});

export const quickReply = (text: string): GraphButton => ({ type: 'QUICK_REPLY', text });

export const copyCode = (example: string): GraphButton => ({
  type: 'COPY_CODE',
  text: 'Copy offer code',
  example: [example],
});

export const locationHeader = (): GraphPart => ({ type: 'HEADER', format: 'LOCATION' });

export const offer = (text: string): GraphPart => ({
  type: 'LIMITED_TIME_OFFER',
  limited_time_offer: { text, has_expiration: true },
});

export const carousel = (...cards: GraphPart[][]): GraphComponent => ({
  type: 'CAROUSEL',
  cards: cards.map((components) => ({ components })),
});
