import { z } from 'zod';
import { fixedPiece, pieceOf, type PreviewParams, type PreviewPiece } from './preview-pieces';
import type { TemplateComponent } from './schema';
import type { Slot } from './slots';

export type PreviewButtonKind =
  'url' | 'phone' | 'quick_reply' | 'copy_code' | 'flow' | 'catalogue' | 'other';

export interface PreviewButton {
  kind: PreviewButtonKind;
  /** What is written on it. */
  text: string;
  /** The whole address it opens, the code it copies, the number it calls; empty where there is none. */
  target: PreviewPiece[];
}

const KINDS: Readonly<Record<string, PreviewButtonKind>> = {
  URL: 'url',
  PHONE_NUMBER: 'phone',
  VOICE_CALL: 'phone',
  QUICK_REPLY: 'quick_reply',
  COPY_CODE: 'copy_code',
  OTP: 'copy_code',
  FLOW: 'flow',
  CATALOG: 'catalogue',
  MPM: 'catalogue',
  SPM: 'catalogue',
};

/** What WhatsApp writes on a button that brings no words of its own. */
const WORDS: Readonly<Record<PreviewButtonKind, string>> = {
  url: 'Open the link',
  phone: 'Call',
  quick_reply: 'Reply',
  copy_code: 'Copy code',
  flow: 'Start',
  catalogue: 'View items',
  other: 'Button',
};

const buttonsSchema = z.object({
  buttons: z
    .array(
      z.object({
        type: z.string().catch(''),
        text: z.string().catch(''),
        url: z.string().catch(''),
        phone_number: z.string().catch(''),
      }),
    )
    .catch([]),
});
type Button = z.infer<typeof buttonsSchema>['buttons'][number];

const PLACEHOLDER = /\{\{[^{}]{1,100}\}\}/;

/** The buttons of a template, filled; `slots` are the template's own (read-slots.ts). */
export function previewButtons(
  component: TemplateComponent | undefined,
  slots: readonly Slot[],
  params: PreviewParams,
): PreviewButton[] {
  if (!component) return [];
  return buttonsSchema.parse(component).buttons.map((button, index) => {
    const own = slots.filter((each) => each.component === 'button' && each.index === index);
    const slot = own.find((each) => 'field' in each && each.field === 'sections') ?? own[0];
    // A one-time code is filled from the body: its button copies that code, whatever address Meta made of it.
    const isOneTimeCode = slot?.kind === 'url' && slot.key.startsWith('body_param_');
    const kind = isOneTimeCode ? 'copy_code' : (KINDS[button.type.toUpperCase()] ?? 'other');
    return { kind, text: button.text || WORDS[kind], target: targetOf(button, kind, { slot, params }) };
  });
}

function targetOf(
  { url, phone_number: phone }: Button,
  kind: PreviewButtonKind,
  { slot, params }: { slot: Slot | undefined; params: PreviewParams },
): PreviewPiece[] {
  if (kind === 'phone') return phone ? [fixedPiece(phone)] : [];
  if (kind === 'copy_code') return slot ? [pieceOf(slot.key, 'the code', params)] : [];
  if (kind === 'flow' || kind === 'catalogue') return actionTarget(slot, params);
  if (kind !== 'url' || url === '') return [];
  const placeholder = PLACEHOLDER.exec(url);
  if (!placeholder || !slot) return [fixedPiece(url)];
  const [before, after] = [
    url.slice(0, placeholder.index),
    url.slice(placeholder.index + placeholder[0].length),
  ];
  const pieces = [fixedPiece(before), pieceOf(slot.key, placeholder[0], params), fixedPiece(after)];
  return pieces.filter(({ text }) => text !== '');
}

/** The products of a list, or the one whose picture a catalogue shows; nothing for what is approved as it is. */
function actionTarget(slot: Slot | undefined, params: PreviewParams): PreviewPiece[] {
  if (!slot || slot.kind === 'flow') return [];
  const piece = pieceOf(slot.key, 'the products', params);
  return piece.filled || slot.required ? [piece] : [];
}
