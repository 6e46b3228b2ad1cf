import { z } from 'zod';
import { AppError } from '@/lib/errors';

/** Where a page of a log ended. The time is PostgreSQL's own text: a Date would lose its microseconds. */
export interface DeliveryCursor {
  createdAt: string;
  id: string;
}

const schema = z.tuple([
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/)
    // Month 13 fits the pattern but would fail as a cast in the database.
    .refine((text) => !Number.isNaN(Date.parse(text.replace(' ', 'T').replace('+00', 'Z')))),
  z.uuid(),
]);

/** Opaque to clients: base64url. */
export function formatDeliveryCursor({ createdAt, id }: DeliveryCursor): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');
}

/** Reads one back; throws `invalid_cursor` when it is not one of ours. */
export function parseDeliveryCursor(text: string): DeliveryCursor {
  const parsed = schema.safeParse(decode(text));
  if (parsed.success) return { createdAt: parsed.data[0], id: parsed.data[1] };
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
