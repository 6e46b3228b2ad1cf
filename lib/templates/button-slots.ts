import { z } from 'zod';
import type { TemplateComponent } from './schema';
import type { ActionButton, ComponentSlots, Slot } from './slots';

const buttonSchema = z.looseObject({
  type: z.string(),
  url: z.string().optional(),
  example: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .catch(undefined),
  otp_type: z.string().optional(),
});
type Button = z.infer<typeof buttonSchema>;

const buttonsSchema = z.object({ buttons: z.array(buttonSchema) });

/** Meta turns a one-time-code button into a URL button of this address when the template is created. */
const OTP_URL = /^https:\/\/www\.whatsapp\.com\/otp\//;
const ANY_PLACEHOLDER = /\{\{[^{}]{1,100}\}\}/;

/** WhatsApp takes so much of a one-time code (reference §1). */
const CODE_CHARS = 15;

/** Those of one kind, counted from one, over the buttons of a message or of a card. */
interface Counts {
  urls: number;
  quickReplies: number;
  flows: number;
}

/**
 * What there is to fill in the buttons. `before` are the slots found so far: the button of an authentication
 * template is filled with the body's code.
 */
export function readButtonSlots(component: TemplateComponent, before: readonly Slot[]): ComponentSlots {
  const parsed = buttonsSchema.safeParse(component);
  if (!parsed.success) return { slots: [], unsupported: ['buttons of an unknown shape'] };
  const slots: Slot[] = [];
  const unsupported: string[] = [];
  const code = before.find((slot) => slot.component === 'body');
  const counts: Counts = { urls: 0, quickReplies: 0, flows: 0 };
  parsed.data.buttons.forEach((button, index) => {
    if (!isOneTimeCode(button)) {
      const own = slotsOfButton(button, index, counts);
      if (own) slots.push(...own);
      else unsupported.push(aPart(button.type, 'button'));
    } else if (code) slots.push(codeSlot(code, index));
    else unsupported.push('a one-time code button without a code in the body');
  });
  return { slots, unsupported };
}

/** Null: a button Herald cannot fill. */
function slotsOfButton(button: Button, index: number, counts: Counts): Slot[] | null {
  const slot = { component: 'button', index, example: firstExample(button) } as const;
  switch (button.type.toUpperCase()) {
    case 'URL':
      return urlSlots(button, index, counts);
    case 'COPY_CODE':
      return [{ ...slot, kind: 'copy_code', key: 'button_code_param', required: true }];
    case 'QUICK_REPLY': {
      counts.quickReplies += 1;
      const key = `button_payload_param_${counts.quickReplies}`;
      return [{ ...slot, kind: 'quick_reply', key, required: false, example: null }];
    }
    case 'FLOW':
      return flowSlots(index, counts);
    case 'CATALOG':
      return [thumbnailSlot('catalog', index)];
    case 'MPM':
      return productListSlots(index);
    case 'PHONE_NUMBER':
    case 'VOICE_CALL':
      return [];
    default:
      return null;
  }
}

function urlSlots(button: Button, index: number, counts: Counts): Slot[] {
  if (!button.url || !ANY_PLACEHOLDER.test(button.url)) return [];
  counts.urls += 1;
  const key = counts.urls === 1 ? 'button_url_param' : `button_url_param_${counts.urls}`;
  return [{ component: 'button', index, kind: 'url', key, required: true, example: suffixExample(button) }];
}

/** Body and button bear the same code, so both are filled by one column. */
function codeSlot({ key, example }: Slot, index: number): Slot {
  return {
    component: 'button',
    kind: 'url',
    index,
    key,
    example,
    required: true,
    maxChars: CODE_CHARS,
  };
}

function flowSlots(index: number, counts: Counts): Slot[] {
  counts.flows += 1;
  const number = counts.flows === 1 ? '' : `_${counts.flows}`;
  const slot = { component: 'button', kind: 'flow', index, required: false, example: null } as const;
  return [
    { ...slot, field: 'flow_token', key: `button_flow_token_param${number}` },
    { ...slot, field: 'flow_data', key: `button_flow_data_param${number}` },
  ];
}

/** Without one a catalogue shows its first product; a list of products has no first one. */
function thumbnailSlot(kind: Extract<ActionButton, 'catalog' | 'mpm'>, index: number): Slot {
  const slot = { component: 'button', index, field: 'thumbnail', key: 'button_thumbnail_param' } as const;
  return { ...slot, kind, required: kind === 'mpm', example: null };
}

function productListSlots(index: number): Slot[] {
  const slot = { component: 'button', kind: 'mpm', index, required: true, example: null } as const;
  return [thumbnailSlot('mpm', index), { ...slot, field: 'sections', key: 'button_products_param' }];
}

function isOneTimeCode(button: Button): boolean {
  return (
    button.type.toUpperCase() === 'OTP' || button.otp_type !== undefined || OTP_URL.test(button.url ?? '')
  );
}

function firstExample({ example }: Button): string | null {
  return (typeof example === 'string' ? example : example?.[0]) ?? null;
}

/** Meta's example is the whole address, or the ending alone; a recipient fills the ending. */
function suffixExample(button: Button): string | null {
  const example = firstExample(button);
  const prefix = button.url?.split('{{')[0] ?? '';
  return example?.startsWith(prefix) ? example.slice(prefix.length) : example;
}

/** "a location header", "an order details button". */
export function aPart(type: string, what: string): string {
  const words = type.toLowerCase().replaceAll('_', ' ');
  return `${/^([aeiou]|mpm)/.test(words) ? 'an' : 'a'} ${words} ${what}`;
}
