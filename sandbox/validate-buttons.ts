import { failure, invalidParameter, type GraphFailure } from './graph-errors';
import {
  isObject,
  parameterIssue,
  readTextParameter,
  unexpectedKey,
  type CheckContext,
  type Json,
} from './parameters';
import type { ButtonShape, PartsShape } from './template';
import { checkAction } from './validate-actions';

const SPOKEN: Record<string, string> = {
  URL: 'Url',
  OTP: 'Url',
  COPY_CODE: 'CopyCode',
  QUICK_REPLY: 'QuickReply',
  PHONE_NUMBER: 'PhoneNumber',
  FLOW: 'Flow',
  CATALOG: 'Catalog',
  MPM: 'Mpm',
};

const COUPON_LIMIT = 20;
/** Unverified: Meta's documented limit for interactive reply ids, kept for payloads too. */
const PAYLOAD_LIMIT = 128;

const spoken = (button: ButtonShape): string => SPOKEN[button.type] ?? button.type;

/** `index` appears as "0" and as 0 in Meta's own examples. */
function readIndex(value: unknown): number | null {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  return typeof value === 'string' && /^\d$/.test(value) ? Number(value) : null;
}

/** Every button component of a send against the template's buttons. */
export function checkButtons(
  components: readonly Json[],
  shape: PartsShape,
  context: CheckContext,
): GraphFailure | null {
  const seen = new Set<number>();
  for (const component of components) {
    const index = readIndex(component.index);
    if (index === null) return failure(131008, 'buttons: index is missing or is not a position');
    if (seen.has(index)) return invalidParameter(`Duplicate button component at index ${index}.`);
    seen.add(index);
    const wrong = checkButton(component, index, shape, context);
    if (wrong) return wrong;
  }
  for (const [index, button] of shape.buttons.entries()) {
    if (button.required && !seen.has(index)) {
      return failure(
        131008,
        `buttons: Button at index ${index} of type ${spoken(button)} requires a parameter`,
      );
    }
  }
  return null;
}

function checkButton(
  component: Json,
  index: number,
  shape: PartsShape,
  context: CheckContext,
): GraphFailure | null {
  const button = shape.buttons[index];
  const at = `buttons: Button at index ${index}`;
  if (!button) return parameterIssue(context, `${at} does not exist in the template`);
  const subType = typeof component.sub_type === 'string' ? component.sub_type.toLowerCase() : '';
  if (!subType) return failure(131008, `${at} is missing its sub_type`);
  if (subType !== button.subType) return parameterIssue(context, `${at} must be of type ${spoken(button)}`);
  if (button.fixed)
    return parameterIssue(context, `${at} of type ${spoken(button)} does not require parameters`);
  const parameters: unknown = component.parameters;
  if (!Array.isArray(parameters) || parameters.length === 0) {
    return failure(131008, `${at} of type ${spoken(button)} requires a parameter`);
  }
  const parameter: unknown = parameters[0];
  if (parameters.length > 1 || !isObject(parameter)) {
    return failure(132000, `${at} takes one parameter, received ${parameters.length}`);
  }
  const unexpected = unexpectedKey(parameter, ['type', 'text', 'payload', 'coupon_code', 'action'], 'button');
  return unexpected ?? checkValue(parameter, button, at, context);
}

function checkValue(
  parameter: Json,
  button: ButtonShape,
  at: string,
  context: CheckContext,
): GraphFailure | null {
  switch (button.subType) {
    case 'url':
      return checkSuffix(parameter, button, at, context);
    case 'copy_code':
      return checkCoupon(parameter, at, context);
    case 'flow':
    case 'catalog':
    case 'mpm':
      return checkAction(parameter, button.subType, at);
    default:
      return checkPayload(parameter, at);
  }
}

function checkSuffix(
  parameter: Json,
  button: ButtonShape,
  at: string,
  context: CheckContext,
): GraphFailure | null {
  if (parameter.type !== 'text') return failure(132012, `${at} expects a text parameter`);
  const text = readTextParameter(parameter, 'buttons', context);
  if (typeof text !== 'string') return text;
  return text.length > button.limit
    ? parameterIssue(
        context,
        `buttons: Parameter at index 0 exceeds the parameter length limit ${button.limit}`,
      )
    : null;
}

function checkCoupon(parameter: Json, at: string, context: CheckContext): GraphFailure | null {
  if (parameter.type !== 'coupon_code') return failure(132012, `${at} expects a coupon_code parameter`);
  const code = parameter.coupon_code;
  if (typeof code !== 'string' || code === '') {
    return failure(131008, 'Parameter of type coupon_code is missing coupon_code value');
  }
  if (code.length > COUPON_LIMIT) {
    return parameterIssue(
      context,
      `buttons: Parameter at index 0 exceeds the parameter length limit ${COUPON_LIMIT}`,
    );
  }
  return /^[A-Za-z0-9]+$/.test(code)
    ? null
    : failure(131009, 'coupon_code must contain only letters and digits');
}

function checkPayload(parameter: Json, at: string): GraphFailure | null {
  if (parameter.type !== 'payload') return failure(132012, `${at} expects a payload parameter`);
  const payload = parameter.payload;
  if (typeof payload !== 'string' || payload === '') {
    return failure(131008, 'Parameter of type payload is missing payload value');
  }
  return payload.length > PAYLOAD_LIMIT
    ? failure(131009, `payload must be at most ${PAYLOAD_LIMIT} characters long`)
    : null;
}
