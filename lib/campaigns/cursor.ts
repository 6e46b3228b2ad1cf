import { z } from 'zod';
import { AppError } from '@/lib/errors';

/** Where a page of campaigns ended. The time is PostgreSQL's own text: a Date would lose its microseconds. */
export interface CampaignCursor {
  createdAt: string;
  id: string;
}

const schema = z.tuple([z.string().regex(/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/), z.uuid()]);

/** Opaque to clients: base64url. */
export function formatCursor({ createdAt, id }: CampaignCursor): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');
}

/** Reads one back; throws `invalid_cursor` when it is not one of ours. */
export function parseCursor(text: string): CampaignCursor {
  const parsed = schema.safeParse(decode(text));
  if (parsed.success && isRealDate(parsed.data[0])) return { createdAt: parsed.data[0], id: parsed.data[1] };
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

/** Month 13 fits the pattern but would fail as a cast in the database. */
function isRealDate(text: string): boolean {
  return !Number.isNaN(Date.parse(text.replace(' ', 'T').replace('+00', 'Z')));
}
