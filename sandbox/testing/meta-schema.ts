import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

interface Schemas {
  components: { schemas: Record<string, Record<string, unknown>> };
}

const file = parse(readFileSync(new URL('./meta-schemas.yaml', import.meta.url), 'utf8')) as Schemas;

// Meta's file leaves CONNECTED out, the status every number that sends has (and its own guides name).
file.components.schemas.WhatsAppPhoneNumberStatus = { type: 'string' };

// Two schemas of one name met when Meta's file was put together: inbound messages now point at the outbound one.
for (const name of ['TextMessage_2', 'ButtonMessage']) {
  const [, own] = (file.components.schemas[name]?.allOf ?? []) as object[];
  file.components.schemas[name] = { allOf: [{ $ref: '#/components/schemas/BaseMessageProperties_1' }, own] };
}

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(file, 'meta');

/** What Meta's own OpenAPI file has against a value; empty when nothing. */
export function objections(schema: string, value: unknown): string[] {
  if (!file.components.schemas[schema]) throw new Error(`no schema ${schema} in the extract`);
  const validate = ajv.getSchema(`meta#/components/schemas/${schema}`);
  if (!validate) throw new Error(`${schema} cannot be compiled`);
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}
