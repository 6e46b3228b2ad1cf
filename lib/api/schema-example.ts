import { alternatives, type JsonSchema, resolveSchema, type Schemas } from './json-schema';

const ofFormat: Record<string, string> = {
  uuid: '0198c0de-0000-7000-8000-000000000001',
  email: 'ana@example.com',
  uri: 'https://example.com',
  'date-time': '2026-12-01T09:00:00Z',
};

/** A value the schema takes, with the required properties only: what a curl line shows. */
export function exampleOf(given: JsonSchema, schemas: Schemas, depth = 0): unknown {
  const [schema = {}] = alternatives(resolveSchema(given, schemas), schemas);
  const told = schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.default ?? schema.enum?.[0];
  if (told !== undefined || depth > 5) return told;
  switch ([schema.type].flat().find((type) => type !== 'null')) {
    case 'object':
      return objectExample(schema, schemas, depth);
    case 'array':
      return schema.items ? [exampleOf(schema.items, schemas, depth + 1)] : [];
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return schema.minimum !== undefined && schema.minimum > 0 ? schema.minimum : 1;
    case 'string':
      return ofFormat[schema.format ?? ''] ?? '…';
    default:
      return null;
  }
}

// A body in which nothing is required is shown with the first of what may be in it.
function objectExample(schema: JsonSchema, schemas: Schemas, depth: number): Record<string, unknown> {
  const all = Object.entries(schema.properties ?? {});
  const required = all.filter(([name]) => schema.required?.includes(name));
  const withExample = all.filter(
    ([name, property]) =>
      !schema.required?.includes(name) && resolveSchema(property, schemas).example !== undefined,
  );
  const shown = [...required, ...withExample];
  return Object.fromEntries(
    (shown.length > 0 ? shown : all.slice(0, 1)).map(([name, property]) => [
      name,
      exampleOf(property, schemas, depth + 1),
    ]),
  );
}
