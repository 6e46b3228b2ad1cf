import { z } from 'zod';
import { AppError } from '@/lib/errors';

/** Where a page of campaigns ended. The time is PostgreSQL's own text: a Date would lose its microseconds. */
export interface CampaignCursor {
  createdAt: string;
  id: string;
}

const schema = z.tuple([z.string().regex(/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/), z.uuid()]);

/** The same of a list by name. */
export interface CampaignNameCursor {
  name: string;
  id: string;
}

const nameSchema = z.tuple([z.literal('name'), z.string().max(200), z.uuid()]);

/** Opaque to clients: base64url. */
export function formatCursor({ createdAt, id }: CampaignCursor): string {
  return encode([createdAt, id]);
}

export function formatNameCursor({ name, id }: CampaignNameCursor): string {
  return encode(['name', name, id]);
}

/** Reads one back; throws `invalid_cursor` when it is not one of ours. */
export function parseCursor(text: string): CampaignCursor {
  const parsed = schema.safeParse(decode(text));
  if (parsed.success && isRealDate(parsed.data[0])) return { createdAt: parsed.data[0], id: parsed.data[1] };
  throw invalidCursor();
}

/** The same for a list by name. */
export function parseNameCursor(text: string): CampaignNameCursor {
  const parsed = nameSchema.safeParse(decode(text));
  if (parsed.success) return { name: parsed.data[1], id: parsed.data[2] };
  throw invalidCursor();
}

function invalidCursor(): AppError {
  return new AppError(
    'malformed',
    'invalid_cursor',
    'The cursor is not one this list gave out: leave it away to start from the first page.',
  );
}

function encode(value: readonly string[]): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** Month 13 fits the pattern but would fail as a cast in the database. */
function isRealDate(text: string): boolean {
  return !Number.isNaN(Date.parse(text.replace(' ', 'T').replace('+00', 'Z')));
}
