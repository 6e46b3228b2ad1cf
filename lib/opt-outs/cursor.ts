import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { e164Schema } from './schema';

/** Where a page of the list ended. The time is PostgreSQL's own text: a Date would lose its microseconds. */
export interface OptOutCursor {
  createdAt: string;
  phone: string;
}

const schema = z.tuple([
  z
    .string()
    .regex(/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/)
    // Month 13 fits the pattern but would fail as a cast in the database.
    .refine((text) => !Number.isNaN(Date.parse(text.replace(' ', 'T').replace('+00', 'Z')))),
  e164Schema,
]);

/** Opaque to clients: base64url. */
export function formatOptOutCursor({ createdAt, phone }: OptOutCursor): string {
  return Buffer.from(JSON.stringify([createdAt, phone])).toString('base64url');
}

/** Reads one back; throws `invalid_cursor` when it is not one of ours. */
export function parseOptOutCursor(text: string): OptOutCursor {
  const parsed = schema.safeParse(decode(text));
  if (parsed.success) return { createdAt: parsed.data[0], phone: parsed.data[1] };
  throw new AppError(
    'malformed',
    'invalid_cursor',
    'The cursor is not one this list gave out: leave it away to start from the first page.',
  );
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
