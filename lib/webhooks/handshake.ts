import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { log } from '@/lib/log';

export type HandshakeAnswer = { status: 200; challenge: string } | { status: 403 | 503 };

const MAX_CHALLENGE = 1_000;

/**
 * Meta's question when the webhook is set up: 200 with the bare challenge when some sender has that verify
 * token. Compared as hashes: how long it takes says nothing about a token.
 */
export async function answerHandshake(query: URLSearchParams): Promise<HandshakeAnswer> {
  const token = query.get('hub.verify_token') ?? '';
  const challenge = query.get('hub.challenge') ?? '';
  if (query.get('hub.mode') !== 'subscribe' || token === '' || challenge === '') return { status: 403 };
  if (challenge.length > MAX_CHALLENGE) return { status: 403 };
  const hash = createHash('sha256').update(token).digest('hex');
  try {
    const found = await database()
      .db.select({ id: senders.id })
      .from(senders)
      .where(sql`sha256(convert_to(${senders.verifyToken}, 'UTF8')) = decode(${hash}, 'hex')`)
      .limit(1);
    return found.length > 0 ? { status: 200, challenge } : { status: 403 };
  } catch (error) {
    log.error({ err: error }, 'a webhook handshake could not be checked');
    return { status: 503 };
  }
}
