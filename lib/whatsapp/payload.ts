import { readSlots } from '@/lib/templates/read-slots';
import type { Template } from '@/lib/templates/schema';
import { assertSupported } from '@/lib/templates/sendable';
import type { Slot } from '@/lib/templates/slots';
import type { ValueFormats } from '@/lib/templates/values/format';
import type { ComponentBuilder, ParameterBuilder, Params } from './builders';
import { compileButtons } from './payload-buttons';
import { locationParameter, mediaParameter, offerParameter, type UploadedMedia } from './payload-parameters';
import { compileText } from './payload-text';
import type { MessageComponent, ProductPolicy, TemplateMessage } from './types';

export interface MessageInput {
  /** E.164 with the plus. */
  to: string;
  /** By parameter key (lib/templates/schema.ts). */
  params: Params;
  /** At most 512 characters; comes back in every status. */
  callbackData: string;
}

/** What a campaign knows besides its template. */
export interface CampaignFillings {
  formats?: ValueFormats;
  /** Of every uploaded file the values name, the id WhatsApp knows it by. */
  media?: UploadedMedia;
  /**
   * For the endpoint for marketing. The callback data goes there too: Meta's schema leaves it out, clients that send
   * by it have it (reference §1), and without it a lost answer could never be settled.
   */
  productPolicy?: ProductPolicy | undefined;
}

export type MessageBuilder = (input: MessageInput) => TemplateMessage;

type Compiled = Pick<Template, 'language'> & CampaignFillings;

/**
 * Reads the template once; the builder it returns is called for every message. Pure. A required parameter that
 * is missing goes out empty, which WhatsApp refuses for that recipient alone (131008). Throws AppError
 * `template_not_supported` for a template with parts it would leave out.
 */
export function compileTemplate(
  template: Pick<Template, 'name' | 'language' | 'parameter_format' | 'components'>,
  fillings: CampaignFillings = {},
): MessageBuilder {
  assertSupported(template);
  const { slots, cards } = readSlots(template.components, template.parameter_format);
  const { name, language } = template;
  const compiled = { language, ...fillings };
  const policy = fillings.productPolicy ? { product_policy: fillings.productPolicy } : {};
  const builders = [
    ...compileFront(slots, compiled),
    ...compileCarousel(cards, compiled),
    ...compileButtons(slots),
  ];
  return ({ to, params, callbackData }) => ({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to,
    type: 'template',
    biz_opaque_callback_data: callbackData,
    ...policy,
    template: { name, language: { code: language }, components: buildAll(builders, params) },
  });
}

function buildAll(builders: readonly ComponentBuilder[], params: Params): MessageComponent[] {
  const components: MessageComponent[] = [];
  for (const build of builders) {
    const component = build(params);
    if (component) components.push(component);
  }
  return components;
}

/** Header, body and offer: each goes out with all of its parameters, or not at all. */
function compileFront(all: readonly Slot[], compiled: Compiled): ComponentBuilder[] {
  return (['header', 'body', 'offer'] as const).flatMap((component) => {
    const slots = all.filter((slot) => slot.component === component);
    const parameters = compileParameters(slots, compiled);
    if (parameters.length === 0) return [];
    const type = component === 'offer' ? 'limited_time_offer' : component;
    return [(params): MessageComponent => ({ type, parameters: parameters.map((build) => build(params)) })];
  });
}

function compileParameters(
  slots: readonly Slot[],
  { language, formats, media }: Compiled,
): ParameterBuilder[] {
  if (slots.some(({ kind }) => kind === 'location')) return [locationParameter(slots)];
  return slots.flatMap((slot): ParameterBuilder[] => {
    switch (slot.kind) {
      case 'text':
        return [compileText(slot.key, slot.name, { language, format: formats?.[slot.key] })];
      case 'image':
      case 'video':
      case 'document':
        return [mediaParameter(slot.key, slot.kind, media)];
      case 'expiration':
        return [offerParameter(slot.key)];
      default:
        return [];
    }
  });
}

/** Exactly as many cards as were approved, those without anything to fill too (reference §1). */
function compileCarousel(cards: readonly Slot[][], compiled: Compiled): ComponentBuilder[] {
  if (cards.length === 0) return [];
  const builders = cards.map((slots) => [...compileFront(slots, compiled), ...compileButtons(slots)]);
  return [
    (params) => ({
      type: 'carousel',
      cards: builders.map((card, i) => ({ card_index: i, components: buildAll(card, params) })),
    }),
  ];
}
