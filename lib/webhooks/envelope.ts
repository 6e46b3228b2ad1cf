import { z } from 'zod';

/** One change of a webhook: something that happened to one number or one account. */
export interface Change {
  field: string;
  value: unknown;
  /** The WhatsApp Business Account, from entry[].id. */
  wabaId: string | null;
  /** The number it is about, from value.metadata; null when it is about the account. */
  phoneNumberId: string | null;
}

/** Meta's ids come as strings and, in template webhooks, as numbers. */
export const idSchema = z.union([z.string().min(1).max(128), z.int().nonnegative().transform(String)]);

const optionalId = idSchema.nullable().catch(null).optional();

const metadataSchema = z.object({ metadata: z.object({ phone_number_id: idSchema }) });

// What one entry lacks never costs the others: only the outer shape is required.
const envelopeSchema = z.object({ entry: z.array(z.unknown()) });
const entrySchema = z.object({ id: optionalId, changes: z.array(z.unknown()) });
const changeSchema = z.object({ field: z.string().max(100), value: z.unknown().optional() });

/** The changes of a webhook body; null when it is not a webhook. Nothing in them is trusted yet. */
export function parseEnvelope(rawBody: Uint8Array): Change[] | null {
  const envelope = envelopeSchema.safeParse(parseJson(rawBody));
  if (!envelope.success) return null;
  return envelope.data.entry.flatMap((item) => {
    const entry = entrySchema.safeParse(item);
    if (!entry.success) return [];
    return entry.data.changes.flatMap((change) => toChange(change, entry.data.id ?? null));
  });
}

function toChange(item: unknown, wabaId: string | null): Change[] {
  const change = changeSchema.safeParse(item);
  if (!change.success) return [];
  const { field, value } = change.data;
  const metadata = metadataSchema.safeParse(value);
  return [{ field, value, wabaId, phoneNumberId: metadata.data?.metadata.phone_number_id ?? null }];
}

/** Meta writes a template's id as a number, and it may be larger than JavaScript can count: taken as text, digit for digit. */
const LARGE_ID = /("message_template_id"\s*:\s*)(\d{16,})/g;

function parseJson(rawBody: Uint8Array): unknown {
  try {
    const text = Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength).toString('utf8');
    return JSON.parse(text.includes('message_template_id') ? text.replace(LARGE_ID, '$1"$2"') : text);
  } catch {
    return undefined;
  }
}
