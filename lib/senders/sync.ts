import { and, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import type { WorkspaceId } from '@/lib/tenant';
import type { SyncReport } from '@/lib/templates/schema';
import { syncTemplates } from '@/lib/templates/sync';
import { getPhoneNumber, type GraphPhoneNumber } from '@/lib/whatsapp/graph';
import { GraphReadError } from '@/lib/whatsapp/graph-errors';
import { openSender } from './credentials';
import { healthReason } from './health';
import { sandboxUnreachable } from './sandbox';

/**
 * Brings a sender's number details and all its templates up to date with WhatsApp; what that changed.
 * Throws AppError in plain words, and keeps what was known before.
 */
export async function syncSender(
  { workspaceId, senderId }: { workspaceId: WorkspaceId; senderId: string },
  db: Db = database().db,
): Promise<SyncReport> {
  const access = await openSender(workspaceId, senderId, db);
  const number = await getPhoneNumber(access, access.phoneNumberId).catch((error: unknown) => {
    const isUnreachable = error instanceof GraphReadError && error.code === 'whatsapp_unreachable';
    throw access.sandbox && isUnreachable ? sandboxUnreachable(error) : error;
  });
  const report = await syncTemplates({ workspaceId, senderId, wabaId: access.wabaId, access }, db);
  await db
    .update(senders)
    .set({ ...detailsOf(number), syncedAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId)));
  return report;
}

/** What Meta leaves out stays as it was. */
function detailsOf(number: GraphPhoneNumber) {
  return {
    qualityRating: number.quality_rating ?? undefined,
    throughputLevel: number.throughput?.level ?? undefined,
    messagingLimit: number.whatsapp_business_manager_messaging_limit ?? undefined,
    displayPhoneNumber: number.display_phone_number ?? undefined,
    verifiedName: number.verified_name ?? undefined,
    health: number.health_status?.can_send_message ?? undefined,
    // A reason belongs to what was said with it: none now, none kept.
    healthReason: number.health_status ? healthReason(number) : undefined,
    status: statusOf(number),
  };
}

/** A connected number of a blocked account sends nothing: the health check knows, the number's status does not. */
function statusOf(number: GraphPhoneNumber): string | undefined {
  const isBlocked = number.health_status?.can_send_message === 'BLOCKED';
  return isBlocked && number.status === 'CONNECTED' ? 'RESTRICTED' : (number.status ?? undefined);
}
