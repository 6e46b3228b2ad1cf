import { createHash } from 'node:crypto';
import { networkOf } from '@/lib/http/client-ip';
import { limiterOf, takePoint } from '@/lib/http/rate-limit';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const policies = {
  /** One person mistyping, or one attacker at one account. */
  accountAndIp: { keyPrefix: 'login_account_ip', points: 10, duration: 15 * minute },
  /** Many addresses at one account. Places where its owner has signed in before are not held to it. */
  account: { keyPrefix: 'login_account', points: 100, duration: hour },
  /** One address at many accounts. */
  ip: { keyPrefix: 'login_ip', points: 100, duration: 15 * minute, clearExpiredByTimeout: true },
  knownPlace: { keyPrefix: 'login_known', points: 1, duration: 30 * day },
  signUp: { keyPrefix: 'signup_ip', points: 300, duration: hour },
} as const;

type Policy = keyof typeof policies;

function limiter(policy: Policy): ReturnType<typeof limiterOf> {
  return limiterOf(policies[policy]);
}

async function take(policy: Policy, key: string): Promise<void> {
  await takePoint(policies[policy], key, 'Too many attempts; wait a little and try again.');
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
