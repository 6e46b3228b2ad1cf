import { failure, invalidParameter, type GraphFailure } from './graph-errors';

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a refusal of template parameters depends on the Graph version asked. */
export interface CheckContext {
  graphVersion: number;
  /** As a file of this type, of this number. */
  isKnownMedia: (mediaId: string, type: string) => boolean;
}

const FORBIDDEN_SPACE = /[\n\r\t]| {5,}/;

/** Before v23 the same findings came as 132000. */
export function parameterIssue(context: CheckContext, details: string): GraphFailure {
  return failure(context.graphVersion >= 23 ? 132018 : 132000, details);
}

/** Graph names the first key that it does not know inside a nested parameter. */
export function unexpectedKey(value: Json, allowed: readonly string[], path: string): GraphFailure | null {
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) return invalidParameter(`Unexpected key "${key}" on param "${path}".`);
  }
  return null;
}

/** The text a text-like parameter shows, or why it is refused. */
export function readTextParameter(
  parameter: Json,
  where: string,
  context: CheckContext,
): string | GraphFailure {
  switch (parameter.type) {
    case 'text':
      return checkText(parameter.text, 'text', context);
    case 'currency':
    case 'date_time': {
      const value = parameter[parameter.type];
      if (!isObject(value))
        return failure(131008, `Parameter of type ${parameter.type} is missing its value`);
      const wrong = parameter.type === 'currency' ? checkCurrency(value) : null;
      return wrong ?? checkText(value.fallback_value, parameter.type, context);
    }
    default:
      return failure(132012, `${where}: Format mismatch, expected TEXT, received ${nameOf(parameter.type)}`);
  }
}

/** All three are required, the amount in 32 bits. */
function checkCurrency({ code, amount_1000: amount, ...value }: Json): GraphFailure | null {
  const unexpected = unexpectedKey(value, ['fallback_value'], 'currency');
  if (unexpected) return unexpected;
  if (code === undefined || amount === undefined) {
    return failure(
      131008,
      `Parameter of type currency is missing ${code === undefined ? 'code' : 'amount_1000'} value`,
    );
  }
  if (typeof code !== 'string' || !/^[A-Z]{3}$/.test(code)) {
    return failure(131009, 'Currency code must be an ISO 4217 code');
  }
  const isInt32 = typeof amount === 'number' && Number.isInteger(amount) && Math.abs(amount) < 2 ** 31;
  return isInt32 ? null : failure(131009, 'amount_1000 must be a 32-bit integer');
}

/** A location header: latitude and longitude in degrees, as numbers or as text, name and address. */
export function checkLocation(location: unknown): GraphFailure | null {
  if (!isObject(location)) return failure(131008, 'Parameter of type location is missing location value');
  const unexpected = unexpectedKey(location, ['latitude', 'longitude', 'name', 'address'], 'location');
  if (unexpected) return unexpected;
  for (const field of ['latitude', 'longitude', 'name', 'address']) {
    const value = location[field];
    if (value === undefined || value === null || value === '') {
      return failure(131008, `Parameter of type location is missing ${field} value`);
    }
  }
  const within = (value: unknown, most: number): boolean =>
    (typeof value === 'number' || (typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value))) &&
    Math.abs(Number(value)) <= most;
  if (!within(location.latitude, 90)) return failure(131009, 'latitude must be between -90 and 90');
  if (!within(location.longitude, 180)) return failure(131009, 'longitude must be between -180 and 180');
  return typeof location.name === 'string' && typeof location.address === 'string'
    ? null
    : failure(131009, 'name and address must be strings');
}

function checkText(text: unknown, type: string, context: CheckContext): string | GraphFailure {
  if (text === undefined || text === null || text === '') {
    return failure(131008, `Parameter of type ${type} is missing text value`);
  }
  if (typeof text !== 'string') return invalidParameter(`Param ${type} must be a string.`);
  if (FORBIDDEN_SPACE.test(text)) {
    return parameterIssue(
      context,
      'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
    );
  }
  return text;
}

const LINK = /^https?:\/\/[^\s]+$/;

/** A media header's `image`, `video` or `document`: exactly one of a link and the id of an uploaded file. */
export function checkMedia(parameter: Json, type: string, context: CheckContext): GraphFailure | null {
  const media = parameter[type];
  if (!isObject(media)) return failure(131008, `Parameter of type ${type} is missing ${type} value`);
  const allowed = type === 'document' ? ['link', 'id', 'filename'] : ['link', 'id'];
  const unexpected = unexpectedKey(media, allowed, type);
  if (unexpected) return unexpected;
  if (media.link === undefined && media.id === undefined) {
    return failure(131008, `Parameter of type ${type} needs a link or an id`);
  }
  if (media.link !== undefined && media.id !== undefined) {
    return failure(131009, `Parameter of type ${type} must not have both a link and an id`);
  }
  if (media.link !== undefined) {
    const good = typeof media.link === 'string' && LINK.test(media.link) && media.link.length <= 2000;
    return good ? null : failure(131009, `Parameter of type ${type} has a link that is not a valid URI.`);
  }
  const known = typeof media.id === 'string' && context.isKnownMedia(media.id, type);
  return known ? null : failure(131009, `Media ID (${String(media.id)}) does not exist or has expired.`);
}

export const nameOf = (type: unknown): string =>
  typeof type === 'string' && ['text', 'image', 'video', 'document', 'location'].includes(type)
    ? type.toUpperCase()
    : 'UNKNOWN';
