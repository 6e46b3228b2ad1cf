import { AppError } from '@/lib/errors';
import { limiterOf, takePoint, type RatePolicy } from './rate-limit';

const policy: RatePolicy = { keyPrefix: 'test_messages', points: 3, duration: 60 };

/** Runs `send` at most three times a minute for a user, else throws 429. What is refused is not counted: it sent nothing. */
export async function limitTestMessages<T>(userId: string, send: () => Promise<T>): Promise<T> {
  await takePoint(policy, userId, 'Three tests a minute are the most; wait a little and send again.');
  return send().catch(async (error: unknown) => {
    if (error instanceof AppError) await limiterOf(policy).reward(userId);
    throw error;
  });
}
