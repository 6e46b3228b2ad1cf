import type { ActionButton, ActionField, Slot } from '@/lib/templates/slots';
import { parseFlowData } from '@/lib/templates/values/flow-data';
import { parseProducts } from '@/lib/templates/values/products';
import type { ComponentBuilder } from './builders';
import type { ButtonAction, MessageParameter } from './types';

type ButtonSlot = Extract<Slot, { component: 'button' }>;
type ValueSlot = Extract<ButtonSlot, { kind: 'url' | 'copy_code' | 'quick_reply' }>;

/** What WhatsApp calls a form's token when nobody gave one. */
const UNUSED_TOKEN = 'unused';

/** The button components of a message or of a card, one a button, in the buttons' order. */
export function compileButtons(all: readonly Slot[]): ComponentBuilder[] {
  const slots = all.filter((slot): slot is ButtonSlot => slot.component === 'button');
  const indexes = [...new Set(slots.map(({ index }) => index))];
  return indexes.map((index) => compileButton(slots.filter((slot) => slot.index === index)));
}

function compileButton(slots: readonly ButtonSlot[]): ComponentBuilder {
  const [slot] = slots;
  if (!slot) throw new Error('A button without a slot is not compiled.');
  return 'field' in slot ? compileAction(slot.kind, slots) : compileValue(slot);
}

function compileValue({ key, kind, index: at, required }: ValueSlot): ComponentBuilder {
  const index = String(at);
  return (params) => {
    const value = params[key] ?? '';
    if (value === '' && !required) return null;
    return { type: 'button', sub_type: kind, index, parameters: [valueParameter(kind, value)] };
  };
}

function valueParameter(kind: ValueSlot['kind'], value: string): MessageParameter {
  switch (kind) {
    case 'url':
      return { type: 'text', text: value };
    case 'copy_code':
      return { type: 'coupon_code', coupon_code: value };
    case 'quick_reply':
      return { type: 'payload', payload: value };
  }
}

/** Catalogue, list of products, form: their values are parts of one action. */
function compileAction(kind: ActionButton, slots: readonly ButtonSlot[]): ComponentBuilder {
  const fields = slots.flatMap((slot) => ('field' in slot ? [{ key: slot.key, field: slot.field }] : []));
  const index = String(slots[0]?.index ?? 0);
  return (params) => {
    const action = actionOf(kind, (field) => {
      const key = fields.find((each) => each.field === field)?.key;
      return key === undefined ? '' : (params[key] ?? '');
    });
    return action && { type: 'button', sub_type: kind, index, parameters: [{ type: 'action', action }] };
  };
}

/** Null: the button shows what it was approved with, and needs no component. */
function actionOf(kind: ActionButton, valueOf: (field: ActionField) => string): ButtonAction | null {
  const thumbnail = valueOf('thumbnail');
  if (kind === 'catalog') return thumbnail === '' ? null : { thumbnail_product_retailer_id: thumbnail };
  if (kind === 'mpm') {
    const sections = parseProducts(valueOf('sections'));
    return {
      thumbnail_product_retailer_id: thumbnail,
      sections: typeof sections === 'string' ? [] : sections,
    };
  }
  const data = parseFlowData(valueOf('flow_data'));
  return {
    flow_token: valueOf('flow_token') || UNUSED_TOKEN,
    ...(data ? { flow_action_data: data } : {}),
  };
}
