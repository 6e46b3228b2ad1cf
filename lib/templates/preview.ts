import { z } from 'zod';
import { previewButtons, type PreviewButton } from './preview-buttons';
import { fillText, fixedPiece, pieceOf, type PreviewParams, type PreviewPiece } from './preview-pieces';
import { readSlots } from './read-slots';
import type { ParameterFormat, Template, TemplateComponent, TemplateParameter } from './schema';
import type { Slot } from './slots';

export type PreviewHeader =
  | { kind: 'text'; pieces: PreviewPiece[] }
  | { kind: 'image' | 'video' | 'document'; link: PreviewPiece; fileName: string }
  | { kind: 'location'; place: PreviewPiece; address: PreviewPiece; degrees: PreviewPiece[] }
  /** One that Herald cannot fill. */
  | { kind: 'other'; word: string };

/** What stands in one bubble, or in one card of a carousel. */
export interface PreviewParts {
  header: PreviewHeader | null;
  body: PreviewPiece[];
  footer: string | null;
  buttons: PreviewButton[];
}

export interface TemplatePreview extends PreviewParts {
  /** A limited-time offer: its words, and when it ends where it does. */
  offer: { text: string; ends: PreviewPiece | null } | null;
  /** Of a carousel. */
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
  const carousel = find(components, 'CAROUSEL');
  const { slots } = readSlots(components, format);
  return {
    ...previewParts(components, { format, prefix: '', params }),
    offer: previewOffer(find(components, 'LIMITED_TIME_OFFER'), slots, params),
    cards: carousel
      ? cardsSchema
          .parse(carousel)
          .cards.map((card, i) => previewParts(card.components, { format, prefix: `card_${i + 1}_`, params }))
      : [],
  };
}

function previewOffer(
  component: TemplateComponent | undefined,
  slots: readonly Slot[],
  params: PreviewParams,
): TemplatePreview['offer'] {
  if (!component) return null;
  const text = offerSchema.parse(component).limited_time_offer.text || 'Limited-time offer';
  const slot = slots.find(({ kind }) => kind === 'expiration');
  return { text, ends: slot ? pieceOf(slot.key, 'no end yet', params) : null };
}

/** The values Meta keeps as examples, by parameter key; those without one are left out. */
export function exampleParams(parameters: readonly TemplateParameter[]): Record<string, string> {
  return Object.fromEntries(
    parameters.flatMap(({ key, example }) => (example === null || example === '' ? [] : [[key, example]])),
  );
}

/** `prefix` stands before the keys of what is previewed: a card's. */
interface Filling {
  format: ParameterFormat;
  prefix: string;
  params: PreviewParams;
}

function previewParts(
  components: readonly TemplateComponent[],
  { format, prefix, params }: Filling,
): PreviewParts {
  const read = readSlots(components, format).slots;
  const slots = read.map((slot): Slot => ({ ...slot, key: prefix + slot.key }));
  const [header, body] = [find(components, 'HEADER'), find(components, 'BODY')];
  const fill = (component: 'header' | 'body', text: string) => {
    const own = slots.filter((slot) => slot.component === component && slot.kind === 'text');
    return fillText(text, { format, keys: own.map(({ key }) => key), params });
  };
  return {
    header: header ? previewHeader(header, { fill: (text) => fill('header', text), prefix, params }) : null,
    body: body ? fill('body', textual.parse(body).text) : [],
    footer: previewFooter(find(components, 'FOOTER')),
    buttons: previewButtons(find(components, 'BUTTONS'), slots, params),
  };
}

function find(components: readonly TemplateComponent[], type: string): TemplateComponent | undefined {
  return components.find((component) => component.type.toUpperCase() === type);
}

interface HeaderFilling {
  fill: (text: string) => PreviewPiece[];
  prefix: string;
  params: PreviewParams;
}

function previewHeader(component: TemplateComponent, { fill, prefix, params }: HeaderFilling): PreviewHeader {
  const header = headerSchema.parse(component);
  const media = pieceOf(`${prefix}header_media_url`, '', params);
  switch (header.format.toUpperCase()) {
    case 'TEXT':
      return { kind: 'text', pieces: fill(header.text) };
    case 'IMAGE':
      return previewMedia('image', media);
    case 'VIDEO':
      return previewMedia('video', media);
    case 'DOCUMENT':
      return previewMedia('document', media);
    case 'LOCATION':
      return previewLocation(prefix, params);
    default:
      return { kind: 'other', word: sentenceCase(header.format) };
  }
}

function previewMedia(kind: 'image' | 'video' | 'document', link: PreviewPiece): PreviewHeader {
  return { kind, link, fileName: fileNameOf(link.text) };
}

function previewLocation(prefix: string, params: PreviewParams): PreviewHeader {
  const piece = (field: string, placeholder: string) =>
    pieceOf(`${prefix}header_location_${field}`, placeholder, params);
  return {
    kind: 'location',
    place: piece('name', 'no name yet'),
    address: piece('address', 'no address yet'),
    degrees: [piece('latitude', 'latitude'), fixedPiece(', '), piece('longitude', 'longitude')],
  };
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

/** `PRODUCT` → "Product". */
function sentenceCase(word: string): string {
  const words = word.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
