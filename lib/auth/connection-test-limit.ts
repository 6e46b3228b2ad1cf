import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';
import { database } from '@/db/client';
import { httpRateLimits } from '@/db/schema/accounts';
import { AppError } from '@/lib/errors';
import type { Actor } from '@/lib/tenant';

/** Enough for somebody who mends a form; too few to try stolen tokens by. Five reads of Graph each. */
const TESTS = 20;
const WINDOW_SECONDS = 60;

let limiter: RateLimiterDrizzle | undefined;

/** Counts a connection test of the workspace; 429 when there were too many within a minute. */
export async function countConnectionTest({ workspaceId }: Pick<Actor, 'workspaceId'>): Promise<void> {
  limiter ??= new RateLimiterDrizzle({
    storeClient: database().db,
    schema: httpRateLimits,
    keyPrefix: 'connection_test',
    points: TESTS,
    duration: WINDOW_SECONDS,
    clearExpiredByTimeout: false,
  });
  try {
    await limiter.consume(workspaceId);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const message = 'The connection was tested too often just now: wait a minute, then test again.';
    throw new AppError('rate_limited', 'rate_limited', message, {
      retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
    });
  }
}
