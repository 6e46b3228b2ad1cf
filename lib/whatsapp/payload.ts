import { readSlots } from '@/lib/templates/read-slots';
import type { Template } from '@/lib/templates/schema';
import { assertSupported } from '@/lib/templates/sendable';
import type { Slot } from '@/lib/templates/slots';
import type { MessageComponent, MessageParameter, TemplateMessage } from './types';

export interface MessageInput {
  /** E.164 with the plus. */
  to: string;
  /** By parameter key (lib/templates/schema.ts). */
  params: Readonly<Record<string, string>>;
  /** At most 512 characters; comes back in every status. */
  callbackData: string;
}

export type MessageBuilder = (input: MessageInput) => TemplateMessage;

type ComponentBuilder = (params: MessageInput['params']) => MessageComponent | null;

/**
 * Reads the template once; the builder it returns is called for every message. Pure. A required parameter that
 * is missing goes out empty, which WhatsApp refuses for that recipient alone (131008). Throws AppError
 * `template_not_supported` for a template with parts it would leave out.
 */
export function compileTemplate(
  template: Pick<Template, 'name' | 'language' | 'parameter_format' | 'components'>,
): MessageBuilder {
  assertSupported(template);
  const { slots } = readSlots(template.components, template.parameter_format);
  const builders = [
    ...compileTexts('header', slots),
    ...compileTexts('body', slots),
    ...slots.flatMap(compileButton),
  ];
  const { name, language } = template;
  return ({ to, params, callbackData }) => {
    const components: MessageComponent[] = [];
    for (const build of builders) {
      const component = build(params);
      if (component) components.push(component);
    }
    return {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to,
      type: 'template',
      biz_opaque_callback_data: callbackData,
      template: { name, language: { code: language }, components },
    };
  };
}

function compileTexts(type: 'header' | 'body', all: readonly Slot[]): ComponentBuilder[] {
  const slots = all.filter((slot) => slot.component === type);
  if (slots.length === 0) return [];
  return [(params) => ({ type, parameters: slots.map((slot) => fillSlot(slot, params[slot.key] ?? '')) })];
}

function fillSlot(slot: Slot, value: string): MessageParameter {
  switch (slot.kind) {
    case 'text':
      return slot.name === null
        ? { type: 'text', text: value }
        : { type: 'text', parameter_name: slot.name, text: value };
    case 'url':
      return { type: 'text', text: value };
    case 'image':
      return { type: 'image', image: { link: value } };
    case 'video':
      return { type: 'video', video: { link: value } };
    case 'document':
      return { type: 'document', document: { link: value, ...filenameOf(value) } };
    case 'copy_code':
      return { type: 'coupon_code', coupon_code: value };
    case 'quick_reply':
      return { type: 'payload', payload: value };
  }
}

function compileButton(slot: Slot): ComponentBuilder[] {
  if (slot.component !== 'button') return [];
  const { key, required, kind } = slot;
  const index = String(slot.index);
  return [
    (params) => {
      const value = params[key] ?? '';
      if (value === '' && !required) return null;
      return { type: 'button', sub_type: kind, index, parameters: [fillSlot(slot, value)] };
    },
  ];
}

const MAX_FILENAME = 240;

/** What WhatsApp shows as the document's name: the last part of its address. */
function filenameOf(link: string): { filename?: string } {
  if (!URL.canParse(link)) return {};
  const last = new URL(link).pathname.split('/').pop() ?? '';
  const filename = decoded(last).slice(0, MAX_FILENAME);
  return filename === '' ? {} : { filename };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
