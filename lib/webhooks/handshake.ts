import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { log } from '@/lib/log';
import { databaseWithinMs } from '@/lib/time-limit';

export type HandshakeAnswer = { status: 200; challenge: string } | { status: 403 | 503 };

const MAX_CHALLENGE = 1_000;
/** Meta gives up on a call after some seconds; better it hears 503 from a database that hangs. */
const DEADLINE_MS = 5_000;

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
    const isKnown = await databaseWithinMs(DEADLINE_MS, knowsToken(hash));
    return isKnown ? { status: 200, challenge } : { status: 403 };
  } catch (error) {
    log.error({ err: error }, 'a webhook handshake could not be checked');
    return { status: 503 };
  }
}

async function knowsToken(sha256Hex: string): Promise<boolean> {
  const found = await database()
    .db.select({ id: senders.id })
    .from(senders)
    .where(sql`sha256(convert_to(${senders.verifyToken}, 'UTF8')) = decode(${sha256Hex}, 'hex')`)
    .limit(1);
  return found.length > 0;
}
