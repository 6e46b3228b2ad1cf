import { failure, invalidParameter, type GraphFailure } from './graph-errors';
import {
  checkLocation,
  checkMedia,
  isObject,
  nameOf,
  parameterIssue,
  readTextParameter,
  unexpectedKey,
  type CheckContext,
  type Json,
} from './parameters';
import { CODE_LIMIT, fillPlaceholders, type PartsShape, type TemplateShape } from './template';
import { checkButtons } from './validate-buttons';

const HEADER_LIMIT = 60;

const COMPONENT_KEYS = ['type', 'sub_type', 'index', 'parameters', 'cards'];
const TEXT_KEYS = ['type', 'text', 'parameter_name', 'currency', 'date_time'];
const SINGLE = ['header', 'body', 'limited_time_offer', 'carousel'] as const;

type Single = (typeof SINGLE)[number];

interface Sorted extends Record<Single, Json[]> {
  buttons: Json[];
}

/** The components of a send against what its template asks for. Null: Meta would take it. */
export function checkComponents(
  components: unknown,
  shape: TemplateShape,
  context: CheckContext,
): GraphFailure | null {
  const sorted = sortComponents(components, "template['components']");
  if (!('header' in sorted)) return sorted;
  return (
    checkParts(sorted, shape, context) ??
    checkCarousel(sorted.carousel[0], shape.cards, context) ??
    checkButtons(sorted.buttons, shape, context)
  );
}

function checkParts(sorted: Sorted, shape: PartsShape, context: CheckContext): GraphFailure | null {
  return (
    checkHeader(sorted.header, shape, context) ??
    checkBody(sorted.body, shape, context) ??
    checkOffer(sorted.limited_time_offer[0], shape.offerExpires)
  );
}

/** As many cards as were approved, each once, in any order; each with what its own parts ask for. */
function checkCarousel(
  component: Json | undefined,
  shapes: readonly PartsShape[] | null,
  context: CheckContext,
): GraphFailure | null {
  if (!shapes) return component ? parameterIssue(context, 'carousel: the template has no carousel') : null;
  const cards: unknown = component?.cards;
  if (!component || cards === undefined) return failure(131008, 'carousel: cards are missing');
  if (component.parameters !== undefined)
    return invalidParameter('Unexpected key "parameters" on param "carousel".');
  if (!Array.isArray(cards) || !cards.every(isObject)) {
    return invalidParameter("Param carousel['cards'] must be an array of objects.");
  }
  if (cards.length !== shapes.length) {
    return failure(
      132000,
      `carousel: number of cards (${cards.length}) does not match the expected number of cards (${shapes.length})`,
    );
  }
  const seen = new Set<number>();
  for (const card of cards) {
    const wrong = checkCard(card, shapes, seen, context);
    if (wrong) return wrong;
  }
  return null;
}

function checkCard(
  card: Json,
  shapes: readonly PartsShape[],
  seen: Set<number>,
  context: CheckContext,
): GraphFailure | null {
  const unexpected = unexpectedKey(card, ['card_index', 'components'], 'card');
  if (unexpected) return unexpected;
  const index = card.card_index;
  const shape = typeof index === 'number' ? shapes[index] : undefined;
  if (typeof index !== 'number' || !shape) {
    return failure(131009, `carousel: card_index ${JSON.stringify(index)} is not a card of the template`);
  }
  if (seen.has(index)) return invalidParameter(`Duplicate card_index ${index}.`);
  seen.add(index);
  const sorted = sortComponents(card.components, `cards[${index}]['components']`);
  if (!('header' in sorted)) return sorted;
  if (sorted.carousel.length > 0 || sorted.limited_time_offer.length > 0) {
    return invalidParameter(`Param cards[${index}]['components'] must be of HEADER, BODY, BUTTON.`);
  }
  return checkParts(sorted, shape, context) ?? checkButtons(sorted.buttons, shape, context);
}

/** `expiration_time_ms` is Unix time in milliseconds; one that is over is refused (not documented: the strict reading). */
function checkOffer(component: Json | undefined, expires: boolean): GraphFailure | null {
  const parameters = parametersOf(component, 'limited_time_offer');
  if (!Array.isArray(parameters)) return parameters;
  if (parameters.length !== Number(expires)) {
    return countMismatch('limited_time_offer', parameters.length, Number(expires));
  }
  const [parameter] = parameters;
  if (!parameter) return null;
  if (parameter.type !== 'limited_time_offer') {
    return failure(132012, 'limited_time_offer: expects a limited_time_offer parameter');
  }
  const value = parameter.limited_time_offer;
  if (!isObject(value) || value.expiration_time_ms === undefined || value.expiration_time_ms === null) {
    return failure(131008, 'Parameter of type limited_time_offer is missing expiration_time_ms value');
  }
  const unexpected =
    unexpectedKey(parameter, ['type', 'limited_time_offer'], 'limited_time_offer') ??
    unexpectedKey(value, ['expiration_time_ms'], 'limited_time_offer');
  if (unexpected) return unexpected;
  const ms = value.expiration_time_ms;
  const isGood = typeof ms === 'number' && Number.isInteger(ms) && ms > Date.now();
  return isGood ? null : failure(131009, 'expiration_time_ms must be a time in the future, in milliseconds');
}

function sortComponents(components: unknown, at: string): Sorted | GraphFailure {
  const sorted: Sorted = { header: [], body: [], limited_time_offer: [], carousel: [], buttons: [] };
  if (components === undefined) return sorted;
  if (!Array.isArray(components)) return invalidParameter(`Param ${at} must be an array.`);
  for (const [position, component] of (components as unknown[]).entries()) {
    const path = `${at}[${position}]`;
    if (!isObject(component)) return invalidParameter(`Param ${path} must be an object.`);
    const unexpected = unexpectedKey(component, COMPONENT_KEYS, path);
    if (unexpected) return unexpected;
    const type = typeof component.type === 'string' ? component.type.toLowerCase() : '';
    const single = SINGLE.find((each) => each === type);
    if (single) sorted[single].push(component);
    else if (type === 'button') sorted.buttons.push(component);
    else {
      return invalidParameter(
        `Param ${path}['type'] must be one of {HEADER, BODY, BUTTON, LIMITED_TIME_OFFER, CAROUSEL} - got ${JSON.stringify(component.type)}.`,
      );
    }
  }
  const twice = SINGLE.find((type) => sorted[type].length > 1);
  return twice ? invalidParameter(`Duplicate component of type ${twice}.`) : sorted;
}

function parametersOf(component: Json | undefined, where: string): Json[] | GraphFailure {
  const parameters: unknown = component?.parameters ?? [];
  if (!Array.isArray(parameters) || !parameters.every(isObject)) {
    return invalidParameter(`Param ${where} parameters must be an array of objects.`);
  }
  return parameters;
}

function countMismatch(where: string, received: number, expected: number): GraphFailure {
  return failure(
    132000,
    `${where}: number of localizable_params (${received}) does not match the expected number of params (${expected})`,
  );
}

function checkHeader(header: Json[], shape: PartsShape, context: CheckContext): GraphFailure | null {
  const parameters = parametersOf(header[0], 'header');
  if (!Array.isArray(parameters)) return parameters;
  const format = shape.headerFormat;
  if (format === null || format === 'TEXT') {
    const values = readTexts(parameters, shape.headerParameters, 'header', shape, context);
    if (!(values instanceof Map)) return values;
    const text = fillPlaceholders(shape.headerText, values);
    return text.length > HEADER_LIMIT ? failure(132005, `header: text is longer than ${HEADER_LIMIT}`) : null;
  }
  const parameter = parameters[0];
  const type = format.toLowerCase();
  if (!parameter || parameter.type !== type) {
    const received = parameter ? nameOf(parameter.type) : 'UNKNOWN';
    return failure(132012, `header: Format mismatch, expected ${format}, received ${received}`);
  }
  if (parameters.length > 1) return countMismatch('header', parameters.length, 1);
  if (format === 'LOCATION') {
    return unexpectedKey(parameter, ['type', 'location'], 'header') ?? checkLocation(parameter.location);
  }
  return unexpectedKey(parameter, ['type', type], 'header') ?? checkMedia(parameter, type, context);
}

function checkBody(body: Json[], shape: PartsShape, context: CheckContext): GraphFailure | null {
  const parameters = parametersOf(body[0], 'body');
  if (!Array.isArray(parameters)) return parameters;
  const values = readTexts(parameters, shape.bodyParameters, 'body', shape, context);
  if (!(values instanceof Map)) return values;
  if (shape.isCode) {
    const position = [...values.values()].findIndex((text) => text.length > CODE_LIMIT);
    if (position >= 0) {
      return parameterIssue(
        context,
        `body: Parameter at index ${position} exceeds the parameter length limit ${CODE_LIMIT}`,
      );
    }
  }
  const text = fillPlaceholders(shape.bodyText, values);
  return text.length > shape.bodyLimit
    ? failure(132005, `body: text is longer than ${shape.bodyLimit}`)
    : null;
}

/** The texts of a header or body by placeholder, or why they are refused. */
function readTexts(
  parameters: readonly Json[],
  expected: readonly string[],
  where: string,
  shape: PartsShape,
  context: CheckContext,
): Map<string, string> | GraphFailure {
  if (parameters.length !== expected.length) return countMismatch(where, parameters.length, expected.length);
  const values = new Map<string, string>();
  for (const [position, parameter] of parameters.entries()) {
    const name = shape.named ? parameter.parameter_name : expected[position];
    if (typeof name !== 'string' || name === '') return failure(100, 'Parameter name is missing or empty');
    if (!shape.named && parameter.parameter_name !== undefined) {
      return failure(100, 'Parameter name is not allowed: the template has positional parameters');
    }
    if (!expected.includes(name) || values.has(name)) {
      return failure(100, `${where}: Parameter name (${name}) does not match the template`);
    }
    const text = readTextParameter(parameter, where, context);
    if (typeof text !== 'string') return text;
    const unexpected = unexpectedKey(parameter, TEXT_KEYS, where);
    if (unexpected) return unexpected;
    values.set(name, text);
  }
  return values;
}
