/** One place of a template that a message fills. Two slots may share a key: a one-time code is filled twice. */
export type Slot = {
  key: string;
  required: boolean;
  example: string | null;
} & (
  | { component: 'header' | 'body'; kind: 'text'; name: string | null }
  | { component: 'header'; kind: 'image' | 'video' | 'document' }
  | { component: 'button'; kind: 'url' | 'copy_code' | 'quick_reply'; index: number }
);

export interface TemplateSlots {
  /** In the order header, body, buttons; within a component in the order WhatsApp counts them. */
  slots: Slot[];
  /** Parts that Herald cannot fill yet, in words: a template with any of them is not sent at all. */
  unsupported: string[];
}
