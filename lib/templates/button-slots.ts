import { z } from 'zod';
import type { TemplateComponent } from './schema';
import type { Slot, TemplateSlots } from './slots';

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

/**
 * What there is to fill in the buttons. `before` are the slots found so far: the button of an authentication
 * template is filled with the body's code.
 */
export function readButtonSlots(component: TemplateComponent, before: readonly Slot[]): TemplateSlots {
  const parsed = buttonsSchema.safeParse(component);
  if (!parsed.success) return { slots: [], unsupported: ['buttons of an unknown shape'] };
  const slots: Slot[] = [];
  const unsupported: string[] = [];
  const code = before.find((slot) => slot.component === 'body');
  let urls = 0;
  let quickReplies = 0;
  parsed.data.buttons.forEach((button, index) => {
    const type = button.type.toUpperCase();
    const slot = { component: 'button', index, example: firstExample(button) } as const;
    if (isOneTimeCode(button)) {
      if (code) slots.push({ ...slot, kind: 'url', key: code.key, required: true, example: code.example });
      else unsupported.push('a one-time code button without a code in the body');
    } else if (type === 'URL') {
      if (!button.url || !ANY_PLACEHOLDER.test(button.url)) return;
      urls += 1;
      const key = urls === 1 ? 'button_url_param' : `button_url_param_${urls}`;
      slots.push({ ...slot, kind: 'url', key, required: true, example: suffixExample(button) });
    } else if (type === 'COPY_CODE') {
      slots.push({ ...slot, kind: 'copy_code', key: 'button_code_param', required: true });
    } else if (type === 'QUICK_REPLY') {
      quickReplies += 1;
      const key = `button_payload_param_${quickReplies}`;
      slots.push({ ...slot, kind: 'quick_reply', key, required: false, example: null });
    } else if (!['PHONE_NUMBER', 'VOICE_CALL'].includes(type)) {
      unsupported.push(aPart(type, 'button'));
    }
  });
  return { slots, unsupported };
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
