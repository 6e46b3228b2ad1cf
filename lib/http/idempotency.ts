import { and, eq, lt, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { idempotencyKeys } from '@/db/schema/accounts';
import { AppError } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { databaseErrorCode } from '@/lib/database-error-code';
import { validationFailed } from './validate';

const maxKeyLength = 255;
const dayAgo = sql`now() - interval '24 hours'`;

/** Whose key it is, and of what: the path with its ids, `/api/campaigns/…/send`. */
export interface IdempotencyScope {
  workspaceId: WorkspaceId;
  endpoint: string;
  /** undefined: the request carried none; the work runs in a transaction all the same. */
  key: string | undefined;
}

export interface Answer {
  status: number;
  body: unknown;
}

/** The Idempotency-Key header; 422 when it is empty or longer than 255 characters. */
export function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.headers.get('idempotency-key');
  if (key === null) return undefined;
  if (key.length > 0 && key.length <= maxKeyLength) return key;
  throw validationFailed([
    { path: 'Idempotency-Key', message: `Must have between 1 and ${maxKeyLength} characters.` },
  ]);
}

/**
 * Runs `work` once for a key, in one transaction with the key's row, so that a second request waits on the
 * unique index until the first has committed, and a failure or a crash leaves nothing. Only what `work`
 * returns is kept, never what it throws. All of its statements must go through `tx`.
 *
 * On a replay `hashOnly` computes the hash of the body that came (draining it): another body is a 409.
 */
export async function idempotently(
  scope: IdempotencyScope,
  work: (tx: Db) => Promise<Answer & { requestHash: string }>,
  hashOnly: () => Promise<string>,
  db: Db = database().db,
): Promise<Answer & { replayed: boolean }> {
  const { key } = scope;
  const result = await db.transaction(async (tx) => {
    if (key === undefined) return { fresh: await work(tx) };
    const stored = await claimKey(tx, scope, key);
    if (stored) return { stored };
    const fresh = await work(tx);
    await tx
      .update(idempotencyKeys)
      .set({
        requestHash: fresh.requestHash,
        statusCode: fresh.status,
        body: JSON.stringify(fresh.body),
      })
      .where(rowOf(scope, key));
    return { fresh };
  });
  if (result.fresh) return { status: result.fresh.status, body: result.fresh.body, replayed: false };
  return replay(result.stored, await hashOnly());
}

interface Stored {
  requestHash: string | null;
  statusCode: number | null;
  body: string | null;
}

function rowOf(scope: IdempotencyScope, key: string) {
  return and(
    eq(idempotencyKeys.workspaceId, scope.workspaceId),
    eq(idempotencyKeys.endpoint, scope.endpoint),
    eq(idempotencyKeys.key, key),
  );
}

/** Takes the key for this transaction (an expired one is taken over), or returns what it answered before. */
async function claimKey(tx: Db, scope: IdempotencyScope, key: string): Promise<Stored | undefined> {
  const claimed = await insertKey(tx, scope, key).catch((error: unknown) => {
    if (databaseErrorCode(error) !== '57014') throw error;
    throw new AppError(
      'unavailable',
      'idempotency_key_in_progress',
      'The first request with this Idempotency-Key is still being worked on; repeat it shortly.',
      { retryAfterSeconds: 5 },
    );
  });
  if (claimed.length > 0) return undefined;
  const [stored] = await tx.select().from(idempotencyKeys).where(rowOf(scope, key));
  if (!stored)
    throw new AppError('unavailable', 'unavailable', 'Repeat the request.', { retryAfterSeconds: 1 });
  return stored;
}

async function insertKey(tx: Db, scope: IdempotencyScope, key: string) {
  return tx
    .insert(idempotencyKeys)
    .values({ workspaceId: scope.workspaceId, endpoint: scope.endpoint, key })
    .onConflictDoUpdate({
      target: [idempotencyKeys.workspaceId, idempotencyKeys.endpoint, idempotencyKeys.key],
      set: { createdAt: sql`now()`, requestHash: null, statusCode: null, body: null },
      setWhere: lt(idempotencyKeys.createdAt, dayAgo),
    })
    .returning({ key: idempotencyKeys.key });
}

function replay(stored: Stored, requestHash: string): Answer & { replayed: boolean } {
  if (stored.requestHash !== requestHash || stored.statusCode === null) {
    throw new AppError(
      'conflict',
      'idempotency_key_reused',
      'This Idempotency-Key was used for a request with another body; take a new key for a new request.',
    );
  }
  return { status: stored.statusCode, body: JSON.parse(stored.body ?? 'null') as unknown, replayed: true };
}

/** For the maintenance loop: forgets keys older than 24 h. Returns how many. */
export async function purgeIdempotencyKeys(db: Db = database().db): Promise<number> {
  const gone = await db
    .delete(idempotencyKeys)
    .where(lt(idempotencyKeys.createdAt, dayAgo))
    .returning({ key: idempotencyKeys.key });
  return gone.length;
}
