/** As much of JSON Schema as the OpenAPI document uses. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  example?: unknown;
  examples?: unknown[];
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

export type Schemas = Record<string, JsonSchema>;

const prefix = '#/components/schemas/';

/** The schema itself: references followed, the parts of an `allOf` in one. */
export function resolveSchema(schema: JsonSchema, schemas: Schemas): JsonSchema {
  if (schema.$ref !== undefined) {
    const { $ref, ...beside } = schema;
    const target = schemas[$ref.slice(prefix.length)];
    return target ? { ...resolveSchema(target, schemas), ...beside } : beside;
  }
  if (!schema.allOf) return schema;
  const { allOf, ...own } = schema;
  return [...allOf.map((part) => resolveSchema(part, schemas)), own].reduce<JsonSchema>(
    (whole, part) => ({
      ...whole,
      ...part,
      properties: { ...whole.properties, ...part.properties },
      required: [...(whole.required ?? []), ...(part.required ?? [])],
    }),
    {},
  );
}

/** Its alternatives, itself alone when there are none; `null` is left to the type's own words. */
export function alternatives(schema: JsonSchema, schemas: Schemas): JsonSchema[] {
  const branches = schema.anyOf ?? schema.oneOf;
  return branches ? branches.map((branch) => resolveSchema(branch, schemas)) : [schema];
}
