import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';
import { database } from '@/db/client';
import { httpRateLimits } from '@/db/schema/accounts';
import { acrossWorkspaces } from '@/db/tenant';
import { AppError } from '@/lib/errors';

/** So many `points` within a window of `duration` seconds, which ends by itself: nobody is locked out for good. */
export interface RatePolicy {
  keyPrefix: string;
  points: number;
  duration: number;
  /** One of all policies clears expired rows for the others: they share the table. */
  clearExpiredByTimeout?: boolean;
}

const limiters = new Map<string, RateLimiterDrizzle>();

/** The policy's counter, in the database: one for all web processes. */
export function limiterOf(policy: RatePolicy): RateLimiterDrizzle {
  let found = limiters.get(policy.keyPrefix);
  if (!found) {
    found = new RateLimiterDrizzle({
      // Kept for every request to come, so not behind the wall of the one that happens to be first.
      storeClient: acrossWorkspaces(() => database().db),
      schema: httpRateLimits,
      clearExpiredByTimeout: false,
      ...policy,
    });
    limiters.set(policy.keyPrefix, found);
  }
  return found;
}

/** Counts one; throws 429 with `message` when there were too many. */
export async function takePoint(policy: RatePolicy, key: string, message: string): Promise<void> {
  try {
    await limiterOf(policy).consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError('rate_limited', 'rate_limited', message, {
      retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
    });
  }
}
