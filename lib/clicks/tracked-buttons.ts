import { z } from 'zod';
import { readSlots } from '@/lib/templates/read-slots';
import type { Template } from '@/lib/templates/schema';

/** The short path of every tracked link. */
export const LINK_PATH = '/r/';

const buttonsSchema = z.looseObject({ buttons: z.array(z.looseObject({ url: z.string().optional() })) });

/** What a template's button must say for its clicks to be counted here (browser-safe). */
export function trackedUrl(publicUrl: string): string {
  return `${publicUrl}${LINK_PATH}{{1}}`;
}

/**
 * The parameter keys of the URL buttons that lead to this Herald (browser-safe). WhatsApp fixes a button's address with
 * the template and lets a message choose its end alone: only such a button can carry a tracked link, and it can carry
 * nothing else.
 */
export function trackedButtons(
  { components, parameter_format }: Pick<Template, 'components' | 'parameter_format'>,
  publicUrl: string,
): string[] {
  const buttons = components
    .filter(({ type }) => type.toUpperCase() === 'BUTTONS')
    .flatMap((component) => buttonsSchema.safeParse(component).data?.buttons ?? []);
  return readSlots(components, parameter_format).slots.flatMap((slot) => {
    if (slot.component !== 'button' || slot.kind !== 'url') return [];
    const url = buttons[slot.index]?.url ?? '';
    // {{1}} as Meta writes it, whatever the spaces and the name.
    const base = /^(.*)\{\{[^{}]+\}\}$/.exec(url)?.[1];
    return base === `${publicUrl}${LINK_PATH}` ? [slot.key] : [];
  });
}
