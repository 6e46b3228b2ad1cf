import { z } from 'zod';
import { aPart, readButtonSlots } from './button-slots';
import { findPlaceholders } from './placeholders';
import type { ParameterFormat, TemplateComponent } from './schema';
import type { Slot, TemplateSlots } from './slots';

const MEDIA = { IMAGE: 'image', VIDEO: 'video', DOCUMENT: 'document' } as const;

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

/** What there is to fill in a template, as Meta's `message_templates` describes it (reference §1, §4). Pure. */
export function readSlots(components: readonly TemplateComponent[], format: ParameterFormat): TemplateSlots {
  const found: TemplateSlots = { slots: [], unsupported: [] };
  for (const type of ['HEADER', 'BODY', 'BUTTONS']) {
    for (const component of components.filter((c) => c.type.toUpperCase() === type)) {
      const part =
        type === 'HEADER'
          ? readHeader(component, format)
          : type === 'BODY'
            ? readBody(component, format)
            : readButtonSlots(component, found.slots);
      found.slots.push(...part.slots);
      found.unsupported.push(...part.unsupported);
    }
  }
  for (const { type } of components) {
    if (!['HEADER', 'BODY', 'BUTTONS', 'FOOTER'].includes(type.toUpperCase())) {
      found.unsupported.push(aPart(type, 'component'));
    }
  }
  return found;
}

function readHeader(component: TemplateComponent, format: ParameterFormat): TemplateSlots {
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
  return { slots: [], unsupported: [aPart(kind, 'header')] };
}

function readBody(component: TemplateComponent, format: ParameterFormat): TemplateSlots {
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
