import { and, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { refreshNumber } from '@/lib/senders/refresh-number';
import type { WorkspaceId } from '@/lib/tenant';

/** A person waits for the start: a WhatsApp that is slower than this is not asked any longer. */
const TIMEOUT_MS = 2_000;

/**
 * Asks WhatsApp whether the campaign's number may send (its health_status), and keeps the answer, for the start that
 * follows to refuse by. Whoever cannot be asked is no reason not to start: the first message will tell. No effect for
 * a campaign that is not there, which the start says itself.
 */
export async function askBeforeStart(
  { workspaceId, campaignId }: { workspaceId: WorkspaceId; campaignId: string },
  db: Db = database().db,
): Promise<void> {
  const [campaign] = await db
    .select({ senderId: campaigns.senderId })
    .from(campaigns)
    .where(and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, campaignId)));
  if (!campaign) return;
  try {
    await refreshNumber({ workspaceId, senderId: campaign.senderId, timeoutMs: TIMEOUT_MS }, db);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ campaignId, reason: error.message }, 'the number could not be checked before the start');
  }
}
