import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { AppError } from '@/lib/errors';

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, algorithm: 2 } as const;

// Two hashes at once leave half of libuv's four threads to everybody else; a longer queue than this is an
// attack or an outage, and waiting in it would help nobody.
const atOnce = pLimit(2);
const maxQueued = 100;

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (atOnce.pendingCount >= maxQueued) {
    throw new AppError('unavailable', 'busy', 'Too many sign-ins at the moment; try again shortly.', {
      retryAfterSeconds: 5,
    });
  }
  return atOnce(work);
}

/** An argon2id hash in PHC form. */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, parameters));
}

let dummy: Promise<string> | undefined;

/** Whether the password is the hash's. Without a hash it takes as long, so that time tells nobody who exists. */
export async function verifyPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  dummy ??= hash('nobody has this password', parameters);
  const against = passwordHash ?? (await dummy);
  const isRight = await inTurn(() => verify(against, password).catch(() => false));
  return isRight && passwordHash !== undefined;
}
