import { eq } from 'drizzle-orm';
import { request } from 'undici';
import { database, type Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { webhookUrl } from './queries';
import { sandboxUnreachable, sandboxUrl } from './sandbox';

const TIMEOUT_MS = 5000;

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
