import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { request } from 'undici';
import { database, type Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { log } from '@/lib/log';
import { sandboxUnreachable, sandboxUrl } from './sandbox';
import { webhookUrl } from './webhook-url';

const TIMEOUT_MS = 5000;

const TRIES = 10;
const TRY_AGAIN_MS = 3000;

/** At the start of the web process; the sandbox may still be starting itself. Never throws. */
export async function tellSandboxWhereWeAre(): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries++) {
    try {
      await refreshSandboxCallbacks();
      return;
    } catch (error) {
      if (tries === TRIES)
        log.warn({ err: error }, 'the sandbox does not know where this web process listens');
      await sleep(TRY_AGAIN_MS, undefined, { ref: false });
    }
  }
}

/**
 * Tells the sandbox where this web process listens now, for all sandbox senders of every workspace: its numbers
 * keep the address they were made with, and PORT may have changed since. A number the sandbox has lost (its data
 * folder is gone) is left to its owner. Throws AppError `sandbox_unreachable`. Returns how many were told.
 */
export async function refreshSandboxCallbacks(db: Db = database().db): Promise<number> {
  const numbers = await db
    .select({ id: senders.phoneNumberId })
    .from(senders)
    .where(eq(senders.sandbox, true));
  let told = 0;
  for (const { id } of numbers) {
    const answer = await request(`${sandboxUrl()}/__sandbox/numbers/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ callback_url: webhookUrl() }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => Promise.reject(sandboxUnreachable(cause)));
    await answer.body.dump();
    if (answer.statusCode < 300) told += 1;
  }
  return told;
}
