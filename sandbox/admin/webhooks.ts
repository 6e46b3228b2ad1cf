import { z } from 'zod';
import { sendWebhook } from '../callbacks';
import { escapedJson } from '../escaped-json';
import { inboundMessage } from '../inbound';
import { signBody } from '../signature';
import type { SandboxNumber } from '../state';
import { writeEnvelope, type WebhookUpdate } from '../webhook-payload';
import { AdminError, findNumber, ok, parseBody, type AdminAnswer, type AdminCall } from './shapes';

const delivery = {
  phone_number_id: z.string().optional(),
  waba_id: z.string().optional(),
  signature: z.enum(['valid', 'invalid', 'missing']).default('valid'),
};

const webhookSchema = z.union([
  z.strictObject({ ...delivery, field: z.string().min(1), value: z.looseObject({}) }),
  /** A whole body, object or text, exactly as it stands (text is not escaped). */
  z.strictObject({ ...delivery, payload: z.union([z.string(), z.looseObject({})]) }),
]);

const inboundSchema = z.strictObject({
  phone_number_id: z.string(),
  from: z.string().regex(/^\+?\d{7,15}$/, 'must be a phone number with its country code'),
  text: z.string().min(1).max(4096),
  /** The wamid of the message it answers. */
  context: z.string().min(1).max(512).optional(),
  /** A quick reply pressed: `text` is the button's, and it always names its message. */
  button: z.boolean().default(false),
  /** The message's own id, to report the same one again. */
  id: z.string().startsWith('wamid.').max(512).optional(),
});

function receiverOf(
  { box }: AdminCall,
  input: { phone_number_id?: string | undefined; waba_id?: string | undefined },
): SandboxNumber {
  if (input.phone_number_id !== undefined) return findNumber(box, input.phone_number_id);
  const [number] = box.state.numbersOf(input.waba_id ?? '');
  if (!number) throw new AdminError(404, 'Say which number or account: phone_number_id or waba_id.');
  return number;
}

/** Posts one webhook now, once, and tells how it was answered. */
export async function postWebhook(call: AdminCall): Promise<AdminAnswer> {
  const input = parseBody(webhookSchema, call.body);
  const number = receiverOf(call, input);
  return ok(await deliver(call, number, bodyOf(number, input), input.signature));
}

function bodyOf(number: SandboxNumber, input: z.infer<typeof webhookSchema>): string {
  if ('field' in input) return writeEnvelope([{ field: input.field, value: input.value }], number, false);
  return typeof input.payload === 'string' ? input.payload : escapedJson(input.payload);
}

/** A person writes to the number. */
export async function postInbound(call: AdminCall): Promise<AdminAnswer> {
  const input = parseBody(inboundSchema, call.body);
  const number = findNumber(call.box, input.phone_number_id);
  if (input.button && !input.context) throw new AdminError(400, 'context: a button belongs to a message.');
  const content = input.button
    ? { type: 'button', button: { payload: input.text, text: input.text } }
    : { type: 'text', text: { body: input.text } };
  const context = input.context ? { context: { from: number.digits, id: input.context } } : {};
  const update: WebhookUpdate = inboundMessage(
    number,
    input.from.replace('+', ''),
    { ...context, ...content },
    input.id,
  );
  return ok(await deliver(call, number, writeEnvelope([update], number, false), 'valid'));
}

async function deliver(
  { box }: AdminCall,
  number: SandboxNumber,
  body: string,
  signature: 'valid' | 'invalid' | 'missing',
): Promise<object> {
  const secret = signature === 'valid' ? number.app_secret : `${number.app_secret}-not`;
  const signed = signature === 'missing' ? null : signBody(body, secret);
  const timeoutMs = box.settings.of(number.id).webhook_timeout_ms;
  try {
    const answer = await sendWebhook(box.dispatcher, number.callback_url, body, signed, timeoutMs);
    return { delivered: answer.status === 200, status: answer.status, answer: answer.body };
  } catch (error) {
    return { delivered: false, status: null, answer: error instanceof Error ? error.message : 'failed' };
  }
}
