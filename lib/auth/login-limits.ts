import { createHash } from 'node:crypto';
import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';
import { database } from '@/db/client';
import { httpRateLimits } from '@/db/schema/accounts';
import { AppError } from '@/lib/errors';
import { networkOf } from '@/lib/http/client-ip';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

// Every limit is a window that ends by itself: nobody is locked out for good.
const policies = {
  /** One person mistyping, or one attacker at one account. */
  accountAndIp: { keyPrefix: 'login_account_ip', points: 10, duration: 15 * minute },
  /** Many addresses at one account. Places where its owner has signed in before are not held to it. */
  account: { keyPrefix: 'login_account', points: 100, duration: hour },
  /** One address at many accounts. */
  ip: { keyPrefix: 'login_ip', points: 100, duration: 15 * minute },
  knownPlace: { keyPrefix: 'login_known', points: 1, duration: 30 * day },
  signUp: { keyPrefix: 'signup_ip', points: 300, duration: hour },
} as const;

type Policy = keyof typeof policies;
const limiters = new Map<Policy, RateLimiterDrizzle>();

function limiter(policy: Policy): RateLimiterDrizzle {
  let found = limiters.get(policy);
  if (!found) {
    found = new RateLimiterDrizzle({
      storeClient: database().db,
      schema: httpRateLimits,
      // One of them clears expired rows for all: they share the table.
      clearExpiredByTimeout: policy === 'ip',
      ...policies[policy],
    });
    limiters.set(policy, found);
  }
  return found;
}

async function take(policy: Policy, key: string): Promise<void> {
  try {
    await limiter(policy).consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError('rate_limited', 'rate_limited', 'Too many attempts; wait a little and try again.', {
      retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
    });
  }
}

// Hashed so that the table names nobody, and so that a key has one length.
function accountKey(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('base64url');
}

/**
 * Counts a sign-in attempt before the password is looked at, so that attempts at the same time count too;
 * 429 when there were too many. Returns what to call when the password was right: it takes the count back.
 */
export async function countLogin(email: string, ip: string): Promise<() => Promise<void>> {
  const account = accountKey(email);
  const network = networkOf(ip);
  const place = `${account}:${network}`;
  await take('ip', network);
  await take('accountAndIp', place);
  const isKnown = (await limiter('knownPlace').get(place)) !== null;
  if (!isKnown) await take('account', account);
  return async () => {
    await Promise.all([
      limiter('accountAndIp').delete(place),
      limiter('ip').reward(network),
      isKnown ? undefined : limiter('account').reward(account),
      limiter('knownPlace').set(place, 1, policies.knownPlace.duration),
    ]);
  };
}

/** Counts a sign-up; 429 when one address makes too many. */
export async function countSignUp(ip: string): Promise<void> {
  await take('signUp', networkOf(ip));
}
