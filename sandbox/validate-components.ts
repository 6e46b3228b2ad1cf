import { failure, invalidParameter, type GraphFailure } from './graph-errors';
import {
  checkMedia,
  isObject,
  nameOf,
  parameterIssue,
  readTextParameter,
  unexpectedKey,
  type CheckContext,
  type Json,
} from './parameters';
import { CODE_LIMIT, fillPlaceholders, type TemplateShape } from './template';
import { checkButtons } from './validate-buttons';

const BODY_LIMIT = 1024;
const HEADER_LIMIT = 60;

const COMPONENT_KEYS = ['type', 'sub_type', 'index', 'parameters'];
const TEXT_KEYS = ['type', 'text', 'parameter_name', 'currency', 'date_time'];

interface Sorted {
  header: Json[];
  body: Json[];
  buttons: Json[];
}

/** The components of a send against what its template asks for. Null: Meta would take it. */
export function checkComponents(
  components: unknown,
  shape: TemplateShape,
  context: CheckContext,
): GraphFailure | null {
  const sorted = sortComponents(components);
  if (!('header' in sorted)) return sorted;
  return (
    checkHeader(sorted.header, shape, context) ??
    checkBody(sorted.body, shape, context) ??
    checkButtons(sorted.buttons, shape, context)
  );
}

function sortComponents(components: unknown): Sorted | GraphFailure {
  const sorted: Sorted = { header: [], body: [], buttons: [] };
  if (components === undefined) return sorted;
  if (!Array.isArray(components)) return invalidParameter("Param template['components'] must be an array.");
  for (const [position, component] of (components as unknown[]).entries()) {
    const path = `template['components'][${position}]`;
    if (!isObject(component)) return invalidParameter(`Param ${path} must be an object.`);
    const unexpected = unexpectedKey(component, COMPONENT_KEYS, path);
    if (unexpected) return unexpected;
    const type = typeof component.type === 'string' ? component.type.toLowerCase() : '';
    if (type === 'header' || type === 'body') sorted[type].push(component);
    else if (type === 'button') sorted.buttons.push(component);
    else {
      return invalidParameter(
        `Param ${path}['type'] must be one of {HEADER, BODY, BUTTON} - got ${JSON.stringify(component.type)}.`,
      );
    }
  }
  if (sorted.header.length > 1) return invalidParameter('Duplicate component of type header.');
  if (sorted.body.length > 1) return invalidParameter('Duplicate component of type body.');
  return sorted;
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

function checkHeader(header: Json[], shape: TemplateShape, context: CheckContext): GraphFailure | null {
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
  if (format === 'LOCATION')
    return isObject(parameter.location) ? null : failure(131008, 'location is missing');
  return unexpectedKey(parameter, ['type', type], 'header') ?? checkMedia(parameter, type, context);
}

function checkBody(body: Json[], shape: TemplateShape, context: CheckContext): GraphFailure | null {
  const parameters = parametersOf(body[0], 'body');
  if (!Array.isArray(parameters)) return parameters;
  const values = readTexts(parameters, shape.bodyParameters, 'body', shape, context);
  if (!(values instanceof Map)) return values;
  if (shape.template.category === 'AUTHENTICATION') {
    const position = [...values.values()].findIndex((text) => text.length > CODE_LIMIT);
    if (position >= 0) {
      return parameterIssue(
        context,
        `body: Parameter at index ${position} exceeds the parameter length limit ${CODE_LIMIT}`,
      );
    }
  }
  const text = fillPlaceholders(shape.bodyText, values);
  return text.length > BODY_LIMIT ? failure(132005, `body: text is longer than ${BODY_LIMIT}`) : null;
}

/** The texts of a header or body by placeholder, or why they are refused. */
function readTexts(
  parameters: readonly Json[],
  expected: readonly string[],
  where: string,
  shape: TemplateShape,
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
