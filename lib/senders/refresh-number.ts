import { and, eq, or, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { brakeForQuality } from '@/lib/brakes/notices';
import type { WorkspaceId } from '@/lib/tenant';
import { getPhoneNumber, type GraphPhoneNumber } from '@/lib/whatsapp/graph';
import { openSender } from './credentials';
import { healthReason } from './health';
import { lockSenders, portfolioOf, storePortfolio } from './portfolio';

interface RefreshNumber {
  workspaceId: WorkspaceId;
  senderId: string;
  /** How long WhatsApp may take to answer. */
  timeoutMs?: number;
}

/**
 * Asks WhatsApp about a sender's number: whether it may send, its quality, speed and limit; and keeps the answer.
 * Throws AppError in plain words, and keeps what was known before.
 */
export async function refreshNumber(
  { workspaceId, senderId, timeoutMs }: RefreshNumber,
  db: Db = database().db,
): Promise<void> {
  const access = await openSender(workspaceId, senderId, db);
  const number = await getPhoneNumber(
    timeoutMs === undefined ? access : { ...access, timeoutMs },
    access.phoneNumberId,
  );
  await storeNumber({ workspaceId, senderId, number }, db);
}

interface StoreNumber {
  workspaceId: WorkspaceId;
  senderId: string;
  number: GraphPhoneNumber;
  /** Its templates are up to date too. */
  isSynced?: boolean;
}

/** Keeps what WhatsApp said about a sender's number, and acts on it. */
export async function storeNumber(
  { workspaceId, senderId, number, isSynced }: StoreNumber,
  db: Db,
): Promise<void> {
  const own = and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId));
  await db.transaction(async (tx) => {
    const [before] = await tx.select({ quality: senders.qualityRating }).from(senders).where(own);
    if (!before) return;
    await brakeForQuality({ workspaceId, senderId, was: before.quality, is: number.quality_rating }, tx);
    await lockSenders(workspaceId, tx);
    const synced = isSynced ? { syncedAt: sql`now()` } : {};
    const [stored] = await tx
      .update(senders)
      .set({ ...detailsOf(number), ...synced, updatedAt: sql`now()` })
      .where(own)
      .returning({ wabaId: senders.wabaId });
    if (!stored) return;
    const portfolio = await storePortfolio({ workspaceId, senderId, portfolio: portfolioOf(number) }, tx);
    await shareLimit({ workspaceId, wabaId: stored.wabaId, portfolio, number }, tx);
  });
}

/** The daily limit is of all numbers: what one learns of it, all of the portfolio know. */
async function shareLimit(
  of: { workspaceId: WorkspaceId; wabaId: string; portfolio: string; number: GraphPhoneNumber },
  tx: Db,
): Promise<void> {
  const messagingLimit = of.number.whatsapp_business_manager_messaging_limit;
  if (!messagingLimit) return;
  await tx
    .update(senders)
    .set({ messagingLimit })
    .where(
      and(
        eq(senders.workspaceId, of.workspaceId),
        or(eq(senders.wabaId, of.wabaId), eq(senders.portfolioId, of.portfolio)),
        sql`${senders.messagingLimit} IS DISTINCT FROM ${messagingLimit}`,
      ),
    );
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
