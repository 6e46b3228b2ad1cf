import { z } from 'zod';

/** Deeper than anything Meta sends, and far from the end of the stack. */
const MAX_DEPTH = 50;
const CUT_OFF = '[too deep]';

/** PostgreSQL stores neither NUL nor half a surrogate pair; both come through JSON escapes. */
export function storableText(text: string): string {
  return Buffer.from(text.replaceAll('\0', '\uFFFD'), 'utf8').toString('utf8');
}

/** A copy of parsed JSON that jsonb takes. */
export function storableJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth >= MAX_DEPTH) return CUT_OFF;
  if (Array.isArray(value)) return value.map((item) => storableJson(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [storableText(key), storableJson(item, depth + 1)]),
  );
}

/** One of Meta's words, in capitals: events, states, tiers. */
export const wordSchema = z
  .string()
  .min(1)
  .max(100)
  .transform((text) => storableText(text).toUpperCase());
