import { failure, invalidParameter, type GraphFailure } from './graph-errors';
import { linkOf } from './links';
import { isObject, unexpectedKey, type CheckContext, type Json } from './parameters';
import { readRecipient, type Recipient } from './recipient-number';
import type { TemplateShape } from './template';
import { checkComponents } from './validate-components';

/** A message Meta would take, as far as its content goes. */
export interface CheckedMessage {
  recipient: Recipient;
  callbackData: string | null;
  shape: TemplateShape;
  /** Named in the header of this send; Meta fetches it only after it has answered. */
  mediaLink: string | null;
  /** What its link button opens. */
  link: string | null;
  /** It came by the endpoint for marketing. */
  byMarketing: boolean;
}

export interface MessageContext extends CheckContext {
  edge: 'messages' | 'marketing_messages';
  senderDigits: string;
  senderCountryCode: string;
  findTemplate: (name: string, language: string) => TemplateShape | undefined;
}

const TYPES = 'AUDIO CONTACTS DOCUMENT IMAGE INTERACTIVE LOCATION REACTION STICKER TEMPLATE TEXT VIDEO'.split(
  ' ',
);
const CALLBACK_DATA_LIMIT = 512;

/** Checks the body of `POST /{phone-number-id}/messages` as strictly as Meta, in its order and with its codes. */
export function checkMessage(body: unknown, context: MessageContext): CheckedMessage | GraphFailure {
  if (!isObject(body) || body.messaging_product === undefined) {
    return invalidParameter('The parameter messaging_product is required.');
  }
  const byMarketing = context.edge === 'marketing_messages';
  const envelope = checkEnvelope(body) ?? (byMarketing ? checkMarketing(body) : null);
  if (envelope) return envelope;
  const recipient = readRecipient(body.to, context.senderCountryCode);
  if ('code' in recipient) return recipient;
  if (recipient.dialled === context.senderDigits) return failure(131021);
  if (body.type !== 'template') return failure(131047);
  const template = readTemplate(body.template, context);
  if ('code' in template) return template;
  if (byMarketing && template.shape.template.category !== 'MARKETING') return failure(134100);
  const wrong = checkComponents(template.components, template.shape, context);
  if (wrong) return wrong;
  return {
    recipient,
    callbackData: typeof body.biz_opaque_callback_data === 'string' ? body.biz_opaque_callback_data : null,
    shape: template.shape,
    mediaLink: mediaLinkOf(template.components),
    link: linkOf(template.components, template.shape),
    byMarketing,
  };
}

function checkEnvelope(body: Json): GraphFailure | null {
  if (body.messaging_product !== 'whatsapp') {
    return invalidParameter(
      `Param messaging_product must be one of {WHATSAPP} - got ${JSON.stringify(body.messaging_product)}.`,
    );
  }
  const kind = body.recipient_type ?? 'individual';
  if (kind !== 'individual') {
    return invalidParameter(
      `Param recipient_type must be one of {INDIVIDUAL} - got ${JSON.stringify(kind)}.`,
    );
  }
  const type = body.type ?? 'text';
  if (typeof type !== 'string' || !TYPES.includes(type.toUpperCase())) {
    return invalidParameter(`Param type must be one of {${TYPES.join(', ')}} - got ${JSON.stringify(type)}.`);
  }
  const data = body.biz_opaque_callback_data;
  if (data !== undefined && typeof data !== 'string') {
    return invalidParameter('Param biz_opaque_callback_data must be a string.');
  }
  if (typeof data === 'string' && data.length > CALLBACK_DATA_LIMIT) {
    return invalidParameter(
      `Param biz_opaque_callback_data must be at most ${CALLBACK_DATA_LIMIT} characters long.`,
    );
  }
  return null;
}

const MARKETING_KEYS = [
  'messaging_product',
  'recipient_type',
  'to',
  'type',
  'template',
  'product_policy',
  'message_activity_sharing',
  // Not in Meta's file, but sent by clients that work (reference §1).
  'biz_opaque_callback_data',
];

/** The endpoint for marketing: templates only, no other field than its own. */
function checkMarketing(body: Json): GraphFailure | null {
  for (const key of Object.keys(body)) {
    if (!MARKETING_KEYS.includes(key)) return invalidParameter(`Unexpected key "${key}".`);
  }
  if (body.type !== 'template') return invalidParameter('Param type must be one of {TEMPLATE}.');
  const { product_policy: policy, message_activity_sharing: sharing } = body;
  if (policy !== undefined && policy !== 'CLOUD_API_FALLBACK' && policy !== 'STRICT') {
    return invalidParameter('Param product_policy must be one of {CLOUD_API_FALLBACK, STRICT}.');
  }
  return sharing === undefined || typeof sharing === 'boolean'
    ? null
    : invalidParameter('Param message_activity_sharing must be a boolean.');
}

function readTemplate(
  template: unknown,
  context: MessageContext,
): { shape: TemplateShape; components: unknown } | GraphFailure {
  if (!isObject(template)) return invalidParameter('The parameter template is required.');
  const unexpected = unexpectedKey(template, ['name', 'language', 'components', 'namespace'], 'template');
  if (unexpected) return unexpected;
  const { name, language } = template;
  if (typeof name !== 'string' || name === '') {
    return invalidParameter("The parameter template['name'] is required.");
  }
  if (!isObject(language) || typeof language.code !== 'string' || language.code === '') {
    return invalidParameter("The parameter template['language']['code'] is required.");
  }
  if (language.policy !== undefined && language.policy !== 'deterministic') {
    return invalidParameter("Param template['language']['policy'] must be one of {DETERMINISTIC}.");
  }
  const shape = context.findTemplate(name, language.code);
  const refused = refuseByStatus(shape, name, language.code);
  if (refused || !shape) return refused ?? failure(132001);
  return { shape, components: template.components };
}

/** Only APPROVED sends; paused and disabled have codes of their own, everything else is "does not exist". */
function refuseByStatus(
  shape: TemplateShape | undefined,
  name: string,
  language: string,
): GraphFailure | null {
  switch (shape?.template.status) {
    case 'APPROVED':
      return null;
    case 'PAUSED':
      return failure(132015);
    case 'DISABLED':
      return failure(132016);
    default:
      return failure(132001, `template name (${name}) does not exist in ${language}`);
  }
}

/** The first link of the message, those in a carousel's cards too. */
function mediaLinkOf(components: unknown): string | null {
  for (const component of Array.isArray(components) ? (components as Json[]) : []) {
    for (const card of Array.isArray(component.cards) ? (component.cards as Json[]) : []) {
      const link = mediaLinkOf(card.components);
      if (link !== null) return link;
    }
    if (!Array.isArray(component.parameters)) continue;
    for (const parameter of component.parameters as Json[]) {
      const media = parameter.image ?? parameter.video ?? parameter.document;
      if (isObject(media) && typeof media.link === 'string') return media.link;
    }
  }
  return null;
}
