/** What a slot fills of its component; which of these a component may have is Meta's (reference §1). */
export type SlotPlace =
  | { component: 'header' | 'body'; kind: 'text'; name: string | null }
  | { component: 'header'; kind: 'image' | 'video' | 'document' }
  | { component: 'header'; kind: 'location'; field: LocationField }
  | { component: 'offer'; kind: 'expiration' }
  | { component: 'button'; kind: 'url' | 'copy_code' | 'quick_reply'; index: number }
  /** Parts of one button's action: they go out together. */
  | { component: 'button'; kind: ActionButton; field: ActionField; index: number };

export type LocationField = 'latitude' | 'longitude' | 'name' | 'address';
export type ActionButton = 'catalog' | 'mpm' | 'flow';
export type ActionField = 'thumbnail' | 'sections' | 'flow_token' | 'flow_data';

/** One place of a template that a message fills. Two slots may share a key: a one-time code is filled twice. */
export type Slot = {
  key: string;
  required: boolean;
  example: string | null;
  /** Where WhatsApp takes less than the key's usual length (lib/recipients/value-rules.ts). */
  maxChars?: number;
} & SlotPlace;

export interface TemplateSlots {
  /** In the order header, body, offer, buttons; within a component in the order WhatsApp counts them. */
  slots: Slot[];
  /** Of a carousel, card by card; a card that nothing fills is sent all the same. */
  cards: Slot[][];
  /** Parts that Herald cannot fill, in words: a template with any of them is not sent at all. */
  unsupported: string[];
}

/** What one component brings. */
export type ComponentSlots = Pick<TemplateSlots, 'slots' | 'unsupported'>;
