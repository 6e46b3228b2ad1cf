import { alternatives, type JsonSchema, resolveSchema, type Schemas } from './json-schema';

/** One line of a schema as a person reads it. */
export interface Field {
  /** `recipients[].phone_number`: its place, spelled out. */
  path: string;
  name: string;
  /** How deep it stands; 0 at the top. */
  depth: number;
  type: string;
  isRequired: boolean;
  description: string;
  /** `1 to 200 characters`, `default 50`; one sentence each. */
  limits: string[];
}

// From here on a bound is the database's, and nobody needs to be told.
const maxInteger = 2 ** 31 - 1;

// Deeper than any body of ours; also where a schema that holds itself ends.
const maxDepth = 6;

/** A schema as lines: each property, then its own properties below it. */
export function schemaFields(schema: JsonSchema, schemas: Schemas): Field[] {
  return fieldsOf(resolveSchema(schema, schemas), schemas, '', 0);
}

function fieldsOf(schema: JsonSchema, schemas: Schemas, prefix: string, depth: number): Field[] {
  if (depth > maxDepth) return [];
  return alternatives(schema, schemas).flatMap((each) => {
    if (each.items) {
      return fieldsOf(resolveSchema(each.items, schemas), schemas, `${prefix}[]`, depth);
    }
    const own = Object.entries(each.properties ?? {}).flatMap(([name, property]) =>
      propertyFields(name, property, each.required?.includes(name) ?? false, schemas, prefix, depth),
    );
    const rest = each.additionalProperties;
    if (typeof rest !== 'object' || Object.keys(rest).length === 0) return own;
    return [...own, ...propertyFields('(any other)', rest, false, schemas, prefix, depth)];
  });
}

function propertyFields(
  name: string,
  property: JsonSchema,
  isRequired: boolean,
  schemas: Schemas,
  prefix: string,
  depth: number,
): Field[] {
  const schema = resolveSchema(property, schemas);
  const path = prefix === '' ? name : `${prefix}.${name}`;
  const field = {
    path,
    name,
    depth,
    type: typeOf(schema, schemas),
    isRequired,
    description: schema.description ?? '',
    limits: limitsOf(schema),
  };
  return [field, ...fieldsOf(schema, schemas, path, depth + 1)];
}

/** `list of text`, `uuid or null`. */
export function typeOf(given: JsonSchema, schemas: Schemas): string {
  const schema = resolveSchema(given, schemas);
  if (schema.anyOf ?? schema.oneOf) {
    return [...new Set(alternatives(schema, schemas).map((each) => typeOf(each, schemas)))].join(' or ');
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const words = types.map((type) => wordFor(type, schema, schemas));
  return words.length > 0 ? words.join(' or ') : 'anything';
}

const formatWords: Record<string, string> = {
  uuid: 'uuid',
  email: 'email',
  uri: 'url',
  'date-time': 'time',
  binary: 'file',
};

function wordFor(type: string, schema: JsonSchema, schemas: Schemas): string {
  switch (type) {
    case 'string':
      if (schema.enum) return 'one of';
      return formatWords[schema.format ?? ''] ?? 'text';
    case 'array':
      return schema.items ? `list of ${plural(typeOf(schema.items, schemas))}` : 'list';
    case 'boolean':
      return schema.enum?.length === 1 ? JSON.stringify(schema.enum[0]) : 'true or false';
    default:
      return type;
  }
}

function plural(word: string): string {
  return /^(object|number|integer|uuid|url|email|time|file)$/.test(word) ? `${word}s` : word;
}

function limitsOf(schema: JsonSchema): string[] {
  const isChoice = schema.enum !== undefined && schema.type !== 'boolean';
  return [
    isChoice ? (schema.enum ?? []).filter((each) => typeof each === 'string').join(', ') : undefined,
    range(schema.minimum, schema.maximum, ''),
    range(schema.minLength, schema.maxLength, 'character'),
    range(schema.minItems, schema.maxItems, 'item'),
    schema.default === undefined ? undefined : `default ${JSON.stringify(schema.default)}`,
  ].filter((limit) => limit !== undefined);
}

function range(from: number | undefined, to: number | undefined, noun: string): string | undefined {
  const lower = from === undefined || from <= Number.MIN_SAFE_INTEGER ? undefined : from;
  const upper = to === undefined || to >= maxInteger ? undefined : to;
  const units = (count: number) => (noun === '' ? '' : ` ${noun}${count === 1 ? '' : 's'}`);
  if (lower !== undefined && lower === upper) return `${upper}${units(upper)}`;
  if (lower !== undefined && upper !== undefined) return `${lower} to ${upper}${units(upper)}`;
  if (upper !== undefined) return `at most ${upper}${units(upper)}`;
  return lower === undefined || lower === 0 ? undefined : `at least ${lower}${units(lower)}`;
}
