import type { Db } from '@/db/client';
import { idempotently, type IdempotencyScope } from './idempotency';
import { json } from './respond';

/** Carries an answer that must not be kept out of the transaction, which thereby rolls back. */
class NotKept extends Error {
  constructor(readonly response: Response) {
    super('not kept');
  }
}

/** `idempotently` for a handler that answers JSON: only a success is kept. */
export async function answerOnce(
  scope: IdempotencyScope,
  requestHash: string,
  call: (db: Db) => Promise<Response>,
): Promise<Response> {
  let first: Response | undefined;
  try {
    const { status, body, replayed } = await idempotently(
      scope,
      async (tx) => {
        const response = await call(tx);
        if (!response.ok) throw new NotKept(response);
        first = response.clone();
        return { requestHash, status: response.status, body: (await response.json()) as unknown };
      },
      () => Promise.resolve(requestHash),
    );
    if (first && !replayed) return first;
    return json(status, body, { 'Idempotency-Replayed': 'true' });
  } catch (error) {
    if (error instanceof NotKept) return error.response;
    throw error;
  }
}
