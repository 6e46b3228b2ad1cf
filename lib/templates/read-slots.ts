import { z } from 'zod';
import { aPart, readButtonSlots } from './button-slots';
import { findPlaceholders } from './placeholders';
import { templateComponentSchema, type ParameterFormat, type TemplateComponent } from './schema';
import type { ComponentSlots, LocationField, Slot, TemplateSlots } from './slots';

const MEDIA = { IMAGE: 'image', VIDEO: 'video', DOCUMENT: 'document' } as const;
const LOCATION: readonly LocationField[] = ['latitude', 'longitude', 'name', 'address'];

const headerSchema = z.object({
  format: z.string().catch('TEXT'),
  text: z.string().catch(''),
  example: z.unknown().optional(),
});
const bodySchema = z.object({ text: z.string().catch(''), example: z.unknown().optional() });
const headerExample = z.object({
  header_text: z.array(z.string()).optional(),
  header_text_named_params: z.array(z.object({ param_name: z.string(), example: z.string() })).optional(),
  header_handle: z.array(z.string()).optional(),
});
const bodyExample = z.object({
  body_text: z.array(z.array(z.string())).optional(),
  body_text_named_params: z.array(z.object({ param_name: z.string(), example: z.string() })).optional(),
});
const offerSchema = z.object({
  limited_time_offer: z.object({ has_expiration: z.boolean().catch(false) }),
});
const cardsSchema = z.object({ cards: z.array(z.object({ components: z.array(templateComponentSchema) })) });

/** WhatsApp takes at least two cards and at most ten, and in each a text of at most so much (reference §1). */
const CARDS = { min: 2, max: 10 };
/** Of Meta's carousel page; the reference says nothing, so the careful bound. */
const CARD_BODY_CHARS = 160;

const KNOWN = ['HEADER', 'BODY', 'LIMITED_TIME_OFFER', 'BUTTONS'];

/** What there is to fill in a template, as Meta's `message_templates` describes it (reference §1, §4). Pure. */
export function readSlots(components: readonly TemplateComponent[], format: ParameterFormat): TemplateSlots {
  const found: TemplateSlots = { ...readComponents(components, format), cards: [] };
  for (const component of components) {
    const type = component.type.toUpperCase();
    if (type === 'CAROUSEL') {
      const carousel = readCarousel(component, format);
      found.cards.push(...carousel.cards);
      found.unsupported.push(...carousel.unsupported);
    } else if (type !== 'FOOTER' && !KNOWN.includes(type)) {
      found.unsupported.push(aPart(component.type, 'component'));
    }
  }
  return found;
}

/** The slots of a whole message, those of its cards after its own. */
export function allSlots({ slots, cards }: Pick<TemplateSlots, 'slots' | 'cards'>): Slot[] {
  return [...slots, ...cards.flat()];
}

function readComponents(components: readonly TemplateComponent[], format: ParameterFormat): ComponentSlots {
  const found: ComponentSlots = { slots: [], unsupported: [] };
  for (const type of KNOWN) {
    for (const component of components.filter((c) => c.type.toUpperCase() === type)) {
      const part = readComponent(type, component, format, found.slots);
      found.slots.push(...part.slots);
      found.unsupported.push(...part.unsupported);
    }
  }
  return found;
}

function readComponent(
  type: string,
  component: TemplateComponent,
  format: ParameterFormat,
  before: readonly Slot[],
): ComponentSlots {
  switch (type) {
    case 'HEADER':
      return readHeader(component, format);
    case 'BODY':
      return readBody(component, format);
    case 'LIMITED_TIME_OFFER':
      return readOffer(component);
    default:
      return readButtonSlots(component, before);
  }
}

function readHeader(component: TemplateComponent, format: ParameterFormat): ComponentSlots {
  const header = headerSchema.parse(component);
  const example = headerExample.safeParse(header.example).data ?? {};
  const kind = header.format.toUpperCase();
  if (kind === 'TEXT') {
    const names = findPlaceholders(header.text, format);
    const slots = names.map((name, i): Slot => {
      const named = example.header_text_named_params?.find((e) => e.param_name === name)?.example;
      const value = (format === 'NAMED' ? named : example.header_text?.[i]) ?? null;
      return { ...textSlot('header', `header_param_${i + 1}`, name, format), example: value };
    });
    return { slots, unsupported: [] };
  }
  if (kind === 'IMAGE' || kind === 'VIDEO' || kind === 'DOCUMENT') {
    const media = { key: 'header_media_url', required: true, example: example.header_handle?.[0] ?? null };
    return { slots: [{ ...media, component: 'header', kind: MEDIA[kind] }], unsupported: [] };
  }
  if (kind === 'LOCATION') {
    const place = { component: 'header', kind: 'location', required: true, example: null } as const;
    const slots = LOCATION.map((field): Slot => ({ ...place, key: `header_location_${field}`, field }));
    return { slots, unsupported: [] };
  }
  return { slots: [], unsupported: [aPart(kind, 'header')] };
}

function readBody(component: TemplateComponent, format: ParameterFormat): ComponentSlots {
  const body = bodySchema.parse(component);
  const example = bodyExample.safeParse(body.example).data ?? {};
  const slots = findPlaceholders(body.text, format).map((name, i): Slot => {
    const named = example.body_text_named_params?.find((e) => e.param_name === name)?.example;
    const value = (format === 'NAMED' ? named : example.body_text?.[0]?.[i]) ?? null;
    return { ...textSlot('body', `body_param_${name}`, name, format), example: value };
  });
  return { slots, unsupported: [] };
}

function textSlot(component: 'header' | 'body', key: string, name: string, format: ParameterFormat) {
  return { component, kind: 'text' as const, key, required: true, name: format === 'NAMED' ? name : null };
}

/** An offer that does not expire is words alone. */
function readOffer(component: TemplateComponent): ComponentSlots {
  const expires = offerSchema.safeParse(component).data?.limited_time_offer.has_expiration ?? false;
  if (!expires) return { slots: [], unsupported: [] };
  const key = 'offer_expires_at';
  return {
    slots: [{ component: 'offer', kind: 'expiration', key, required: true, example: null }],
    unsupported: [],
  };
}

function readCarousel(
  component: TemplateComponent,
  format: ParameterFormat,
): Pick<TemplateSlots, 'cards' | 'unsupported'> {
  const parsed = cardsSchema.safeParse(component);
  if (!parsed.success) return { cards: [], unsupported: ['a carousel of an unknown shape'] };
  const { cards } = parsed.data;
  if (cards.length < CARDS.min || cards.length > CARDS.max) {
    return { cards: [], unsupported: [`a carousel of ${cards.length} cards`] };
  }
  const read = cards.map((card) => readComponents(card.components, format));
  return {
    cards: read.map(({ slots }, i) => slots.map((slot) => slotOfCard(slot, i + 1))),
    unsupported: [...new Set(read.flatMap(({ unsupported }) => unsupported))],
  };
}

function slotOfCard(slot: Slot, number: number): Slot {
  const key = `card_${number}_${slot.key}`;
  return slot.component === 'body' ? { ...slot, key, maxChars: CARD_BODY_CHARS } : { ...slot, key };
}
