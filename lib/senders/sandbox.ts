import { request } from 'undici';
import { z } from 'zod';
import { getEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';

const TIMEOUT_MS = 5_000;

const numberSchema = z.object({
  phone_number_id: z.string().min(1),
  waba_id: z.string().min(1),
  access_token: z.string().min(1),
  app_secret: z.string().min(1),
  display_phone_number: z.string().nullable().default(null),
  verified_name: z.string().nullable().default(null),
});

/** A phone number made up by the sandbox, with the credentials that open it. */
export type SandboxNumber = z.infer<typeof numberSchema>;

export interface NewSandboxNumber {
  callback_url: string;
  verify_token: string;
  name: string;
  messages_per_second: number;
}

/** Where the sandbox listens: always on loopback. Throws AppError `sandbox_off` where there is none. */
export function sandboxUrl(): string {
  const env = getEnv();
  if (!env.sandbox) {
    throw new AppError(
      'conflict',
      'sandbox_off',
      'The sandbox is switched off here: set SANDBOX=1 and restart, or use a real sender.',
    );
  }
  return `http://127.0.0.1:${env.sandboxPort}`;
}

/** Has the sandbox make a number. Throws AppError: `sandbox_off`, or `sandbox_unreachable` (503). */
export async function createSandboxNumber(input: NewSandboxNumber): Promise<SandboxNumber> {
  const url = `${sandboxUrl()}/__sandbox/numbers`;
  try {
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = await answer.body.json();
    if (answer.statusCode < 300) return numberSchema.parse(body);
    throw new Error(`The sandbox answered HTTP ${answer.statusCode}.`);
  } catch (cause) {
    throw sandboxUnreachable(cause);
  }
}

/** For whatever went wrong on the way to it. */
export function sandboxUnreachable(cause: unknown): AppError {
  const error = new AppError(
    'unavailable',
    'sandbox_unreachable',
    'The sandbox does not answer: check that its process runs (npm run sandbox), then try again.',
    { retryAfterSeconds: 5 },
  );
  error.cause = cause;
  return error;
}
