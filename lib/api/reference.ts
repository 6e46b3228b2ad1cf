import type { JsonSchema, Schemas } from './json-schema';
import { exampleOf } from './schema-example';
import { type Field, schemaFields, typeOf } from './schema-fields';

/** The OpenAPI document as the page at /docs shows it. */
export interface Reference {
  title: string;
  version: string;
  description: string;
  baseUrl: string;
  groups: { tag: string; operations: ReferenceOperation[] }[];
}

export interface ReferenceOperation {
  /** Its anchor on the page. */
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  needsSignIn: boolean;
  parameters: { place: string; fields: Field[] }[];
  bodies: { mediaType: string; isRequired: boolean; fields: Field[] }[];
  answers: { status: string; mediaType: string; type: string; fields: Field[] }[];
  failures: { status: string; description: string }[];
  /** Command lines to try it with: one for each kind of body. */
  examples: string[];
}

interface Content {
  content?: Record<string, { schema?: JsonSchema }>;
}

interface RawOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: unknown[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: JsonSchema }[];
  requestBody?: Content & { required?: boolean };
  responses: Record<string, Content & { description: string }>;
}

interface RawDocument {
  info: { title: string; version: string; description?: string };
  servers?: { url: string }[];
  tags?: { name: string }[];
  paths?: Record<string, Record<string, RawOperation>>;
  components?: { schemas?: Schemas };
}

/** Reads the document (its JSON) for display: references resolved, a curl line for each route. */
export function buildReference(document: unknown): Reference {
  const raw = document as RawDocument;
  const schemas = raw.components?.schemas ?? {};
  const baseUrl = raw.servers?.[0]?.url ?? '';
  const all = Object.entries(raw.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      tag: operation.tags[0],
      shown: toOperation(method.toUpperCase(), path, operation, schemas, baseUrl),
    })),
  );
  return {
    title: raw.info.title,
    version: raw.info.version,
    description: raw.info.description ?? '',
    baseUrl,
    groups: (raw.tags ?? []).map(({ name }) => ({
      tag: name,
      operations: all.filter(({ tag }) => tag === name).map(({ shown }) => shown),
    })),
  };
}

function toOperation(
  method: string,
  path: string,
  raw: RawOperation,
  schemas: Schemas,
  baseUrl: string,
): ReferenceOperation {
  const needsSignIn = raw.security.length > 0;
  return {
    id: raw.operationId,
    method,
    path,
    summary: raw.summary,
    description: raw.description ?? '',
    needsSignIn,
    parameters: parametersOf(raw, schemas),
    bodies: Object.entries(raw.requestBody?.content ?? {}).map(([mediaType, { schema = {} }]) => ({
      mediaType,
      isRequired: raw.requestBody?.required ?? false,
      fields: schemaFields(schema, schemas),
    })),
    answers: statuses(raw, (status) => status < 300).flatMap(([status, answer]) =>
      Object.entries(answer.content ?? {}).map(([mediaType, { schema = {} }]) => ({
        status,
        mediaType,
        type: typeOf(schema, schemas),
        fields: schemaFields(schema, schemas),
      })),
    ),
    failures: statuses(raw, (status) => status >= 400).map(([status, { description }]) => ({
      status,
      description,
    })),
    examples: curlLines(method, `${baseUrl}${path.replace(/\{(\w+)\}/g, '$$$1')}`, raw, schemas),
  };
}

function statuses(raw: RawOperation, matches: (status: number) => boolean) {
  return Object.entries(raw.responses).filter(([status]) => matches(Number(status)));
}

const places = [
  ['path', 'In the path'],
  ['query', 'In the query'],
  ['header', 'Headers'],
] as const;

function parametersOf(raw: RawOperation, schemas: Schemas): ReferenceOperation['parameters'] {
  return places
    .map(([place, title]) => {
      const found = (raw.parameters ?? []).filter((parameter) => parameter.in === place);
      const asObject: JsonSchema = {
        type: 'object',
        properties: Object.fromEntries(
          found.map(({ name, schema, description }) => [
            name,
            description ? { ...schema, description } : schema,
          ]),
        ),
        required: found.filter(({ required }) => required).map(({ name }) => name),
      };
      return { place: title, fields: schemaFields(asObject, schemas) };
    })
    .filter(({ fields }) => fields.length > 0);
}

function curlLines(method: string, url: string, raw: RawOperation, schemas: Schemas): string[] {
  const start = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}"${url}"`,
    ...(raw.security.length > 0 ? ['-H "Authorization: Bearer $ACCESS_TOKEN"'] : []),
  ];
  const bodies = Object.entries(raw.requestBody?.content ?? {});
  if (bodies.length === 0) return [start.join(lineBreak)];
  return bodies.map(([mediaType, { schema = {} }]) =>
    [...start, ...bodyArguments(mediaType, exampleOf(schema, schemas), schema)].join(lineBreak),
  );
}

const lineBreak = ' \\\n  ';

function bodyArguments(mediaType: string, example: unknown, schema: JsonSchema): string[] {
  if (schema.format === 'binary') {
    return [`-H "Content-Type: ${mediaType}"`, '--data-binary @recipients.csv'];
  }
  if (mediaType !== 'multipart/form-data') {
    return [`-H "Content-Type: ${mediaType}"`, `-d ${quoteForShell(JSON.stringify(example))}`];
  }
  return Object.entries(example as Record<string, unknown>).map(([name, value]) =>
    schema.properties?.[name]?.format === 'binary'
      ? `-F ${quoteForShell(`${name}=@recipients.csv`)}`
      : `-F ${quoteForShell(`${name}=${String(value)}`)}`,
  );
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
