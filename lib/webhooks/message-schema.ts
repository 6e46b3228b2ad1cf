import { z } from 'zod';
import { storableText } from './storable';

/** An inbound message as it is stored. */
export interface InboundMessage {
  wamid: string;
  /** E.164 with the plus; null when WhatsApp names only a business-scoped user id. */
  phone: string | null;
  userRef: string | null;
  kind: string;
  body: string | null;
  /** The message it answers. */
  contextWamid: string | null;
  /** Meta's clock, epoch seconds; null when unreadable. */
  at: number | null;
  /** What was written or pressed: any of these may be a stop word. */
  said: string[];
}

const MAX_BODY = 10_000;

const text = z.string().transform((value) => storableText(value).slice(0, MAX_BODY));
const optional = text.optional().catch(undefined);
const id = z
  .string()
  .min(1)
  .max(512)
  .refine((value) => !value.includes('\0'));

const titled = z.object({ title: optional, id: optional, description: optional }).optional().catch(undefined);
const captioned = z.object({ caption: optional }).optional().catch(undefined);

const messageSchema = z.object({
  id,
  from: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  from_user_id: optional,
  timestamp: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    ])
    .nullable()
    .catch(null),
  type: z.string().min(1).max(100).transform(storableText).catch('unsupported'),
  context: z
    .object({ id: id.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  text: z.object({ body: optional }).optional().catch(undefined),
  button: z.object({ text: optional, payload: optional }).optional().catch(undefined),
  interactive: z
    .object({
      button_reply: titled,
      list_reply: titled,
      nfm_reply: z.object({ body: optional }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  image: captioned,
  video: captioned,
  document: captioned,
  location: z.object({ name: optional, address: optional }).optional().catch(undefined),
  reaction: z
    .object({ message_id: id.optional().catch(undefined), emoji: optional })
    .optional()
    .catch(undefined),
  system: z.object({ body: optional }).optional().catch(undefined),
  order: z.object({ text: optional }).optional().catch(undefined),
});

/** Reads one element of `messages[]`, of any type; null when it has no id. */
export function readMessage(raw: unknown): InboundMessage | null {
  const parsed = messageSchema.safeParse(raw);
  if (!parsed.success) return null;
  const m = parsed.data;
  const reply = m.interactive?.button_reply ?? m.interactive?.list_reply;
  const bodies = [
    m.text?.body,
    m.button?.text,
    reply?.title,
    m.interactive?.nfm_reply?.body,
    m.image?.caption,
    m.video?.caption,
    m.document?.caption,
    m.location?.name ?? m.location?.address,
    m.reaction?.emoji,
    m.system?.body,
    m.order?.text,
  ];
  const said = [m.text?.body, m.button?.text, m.button?.payload, reply?.title, reply?.id];
  return {
    wamid: m.id,
    phone: toPhone(m.from),
    userRef: m.from_user_id ?? null,
    kind: m.type,
    body: bodies.find((body) => body !== undefined) ?? null,
    // A reaction names its message in itself.
    contextWamid: m.context?.id ?? m.reaction?.message_id ?? null,
    at: m.timestamp,
    said: said.filter((words) => words !== undefined),
  };
}

/** WhatsApp writes numbers in full and without the plus. */
export function toPhone(waId: string | undefined): string | null {
  const digits = waId?.replace(/^\+/, '') ?? '';
  return /^[1-9]\d{5,14}$/.test(digits) ? `+${digits}` : null;
}
