import type { Reaction } from './behaviour';
import { makeInboundWamid, userIdOf } from './identifiers';
import type { TakenMessage } from './number-runtime';
import type { SandboxNumber } from './state';
import type { WebhookUpdate } from './webhook-payload';

/** Names with accents, other scripts and an emoji, so that escaping is part of every run. */
const NAMES = ['Ana', 'José Núñez', 'Zoë', 'ليلى', 'Søren', '田中', 'Maria 🌷', "D'Arcy / Sons"];

/** `contacts[]` of a webhook: the same person always has the same name. */
export function profileOf(waId: string): object {
  const name = NAMES[Number(waId.slice(-3)) % NAMES.length] ?? 'Ana';
  return { profile: { name }, wa_id: waId, user_id: userIdOf(waId) };
}

/** What a recipient does after a message, as the webhook of it. */
export function inboundUpdate(message: TakenMessage, reaction: Reaction): WebhookUpdate {
  const { number } = message.runtime;
  const context = { from: number.digits, id: message.wamid };
  if (typeof reaction === 'object') {
    const { body, names } = reaction;
    return inboundMessage(number, message.waId, {
      ...(names ? { context } : {}),
      type: 'text',
      text: { body },
    });
  }
  switch (reaction) {
    case 'stop_text':
      return inboundMessage(number, message.waId, { type: 'text', text: { body: 'STOP' } });
    case 'text':
      return inboundMessage(number, message.waId, {
        context,
        type: 'text',
        text: { body: 'Merci ! ¿Mañana? شكراً 🎉 https://example.com/a?b=1' },
      });
    case 'button': {
      const label = lastQuickReply(message) ?? 'Stop promotions';
      return inboundMessage(number, message.waId, {
        context,
        type: 'button',
        button: { payload: label, text: label },
      });
    }
    case 'stop_preference':
      return stopPreference(number, message.waId);
  }
}

function lastQuickReply(message: TakenMessage): string | undefined {
  const component = message.shape.template.components.find((part) => part.type === 'BUTTONS');
  if (component?.type !== 'BUTTONS') return undefined;
  return component.buttons?.findLast((button) => button.type === 'QUICK_REPLY')?.text;
}

const seconds = (): string => String(Math.floor(Date.now() / 1000));

const metadataOf = (number: SandboxNumber): object => ({
  display_phone_number: number.digits,
  phone_number_id: number.id,
});

/** A message a person wrote, as Meta reports it. */
export function inboundMessage(
  number: SandboxNumber,
  from: string,
  content: object,
  id = makeInboundWamid(from),
): WebhookUpdate {
  return {
    field: 'messages',
    value: {
      messaging_product: 'whatsapp',
      metadata: metadataOf(number),
      contacts: [profileOf(from)],
      messages: [
        {
          from,
          from_user_id: userIdOf(from),
          id,
          timestamp: seconds(),
          ...content,
        },
      ],
    },
  };
}

function stopPreference(number: SandboxNumber, waId: string): WebhookUpdate {
  return {
    field: 'user_preferences',
    value: {
      messaging_product: 'whatsapp',
      metadata: metadataOf(number),
      contacts: [profileOf(waId)],
      user_preferences: [
        {
          wa_id: waId,
          user_id: userIdOf(waId),
          detail: 'User requested to stop marketing messages',
          category: 'marketing_messages',
          value: 'stop',
          timestamp: Math.floor(Date.now() / 1000),
        },
      ],
    },
  };
}
