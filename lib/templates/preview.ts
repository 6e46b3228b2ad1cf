import { z } from 'zod';
import { previewButtons, type PreviewButton } from './preview-buttons';
import { fillText, pieceOf, type PreviewParams, type PreviewPiece } from './preview-pieces';
import { readSlots } from './read-slots';
import type { ParameterFormat, Template, TemplateComponent, TemplateParameter } from './schema';

export type PreviewHeader =
  | { kind: 'text'; pieces: PreviewPiece[] }
  | { kind: 'image' | 'video' | 'document'; link: PreviewPiece; fileName: string }
  /** One that Herald cannot fill: a location. */
  | { kind: 'other'; word: string };

/** What stands in one bubble, or in one card of a carousel. */
export interface PreviewParts {
  header: PreviewHeader | null;
  body: PreviewPiece[];
  footer: string | null;
  buttons: PreviewButton[];
}

export interface TemplatePreview extends PreviewParts {
  /** The words of a limited-time offer. */
  offer: string | null;
  /** Of a carousel, with the examples Meta keeps: Herald cannot fill them. */
  cards: PreviewParts[];
}

type Previewed = Pick<Template, 'components' | 'parameter_format'>;

const textual = z.object({ text: z.string().catch('') });
const headerSchema = z.object({ format: z.string().catch('TEXT'), text: z.string().catch('') });
const footerSchema = z.object({
  text: z.string().catch(''),
  code_expiration_minutes: z.number().optional().catch(undefined),
});
const offerSchema = z.object({ limited_time_offer: textual.catch({ text: '' }) });
const cardsSchema = z.object({
  cards: z.array(z.object({ components: z.array(z.looseObject({ type: z.string() })).catch([]) })).catch([]),
});

/**
 * What WhatsApp would show of a template filled with `params` (parameter key → value), pure and browser-safe.
 * Malformed components give what can be read of them; it never throws.
 */
export function previewTemplate(
  { components, parameter_format: format }: Previewed,
  params: PreviewParams,
): TemplatePreview {
  const offer = find(components, 'LIMITED_TIME_OFFER');
  const carousel = find(components, 'CAROUSEL');
  return {
    ...previewParts(components, format, params),
    offer: offer ? offerSchema.parse(offer).limited_time_offer.text || 'Limited-time offer' : null,
    cards: carousel
      ? cardsSchema.parse(carousel).cards.map((card) => previewCard(card.components, format))
      : [],
  };
}

/** The values Meta keeps as examples, by parameter key; those without one are left out. */
export function exampleParams(parameters: readonly TemplateParameter[]): Record<string, string> {
  return Object.fromEntries(
    parameters.flatMap(({ key, example }) => (example === null || example === '' ? [] : [[key, example]])),
  );
}

function previewCard(components: readonly TemplateComponent[], format: ParameterFormat): PreviewParts {
  const examples: Record<string, string> = {};
  for (const { key, example } of readSlots(components, format).slots) if (example) examples[key] = example;
  return previewParts(components, format, examples);
}

function previewParts(
  components: readonly TemplateComponent[],
  format: ParameterFormat,
  params: PreviewParams,
): PreviewParts {
  const { slots } = readSlots(components, format);
  const [header, body] = [find(components, 'HEADER'), find(components, 'BODY')];
  const fill = (component: 'header' | 'body', text: string) => {
    const own = slots.filter((slot) => slot.component === component && slot.kind === 'text');
    return fillText(text, { format, keys: own.map(({ key }) => key), params });
  };
  return {
    header: header ? previewHeader(header, (text) => fill('header', text), params) : null,
    body: body ? fill('body', textual.parse(body).text) : [],
    footer: previewFooter(find(components, 'FOOTER')),
    buttons: previewButtons(find(components, 'BUTTONS'), slots, params),
  };
}

function find(components: readonly TemplateComponent[], type: string): TemplateComponent | undefined {
  return components.find((component) => component.type.toUpperCase() === type);
}

function previewHeader(
  component: TemplateComponent,
  fill: (text: string) => PreviewPiece[],
  params: PreviewParams,
): PreviewHeader {
  const header = headerSchema.parse(component);
  switch (header.format.toUpperCase()) {
    case 'TEXT':
      return { kind: 'text', pieces: fill(header.text) };
    case 'IMAGE':
      return previewMedia('image', params);
    case 'VIDEO':
      return previewMedia('video', params);
    case 'DOCUMENT':
      return previewMedia('document', params);
    default:
      return { kind: 'other', word: sentenceCase(header.format) };
  }
}

function previewMedia(kind: 'image' | 'video' | 'document', params: PreviewParams): PreviewHeader {
  const link = pieceOf('header_media_url', '', params);
  return { kind, link, fileName: fileNameOf(link.text) };
}

/** The last part of a link's path, as a person would know the file by; empty where there is none. */
function fileNameOf(link: string): string {
  const path = link.split(/[?#]/, 1)[0] ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function previewFooter(component: TemplateComponent | undefined): string | null {
  if (!component) return null;
  const { text, code_expiration_minutes: minutes } = footerSchema.parse(component);
  if (text) return text;
  return minutes === undefined
    ? null
    : `This code expires in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`;
}

/** `LOCATION` → "Location". */
function sentenceCase(word: string): string {
  const words = word.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
