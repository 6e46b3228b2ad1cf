import { and, asc, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { getEnv } from '@/lib/env';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import type { Sender } from './schema';

type SenderRow = typeof senders.$inferSelect;

/** The workspace's senders, oldest first. */
export async function listSenders(workspaceId: WorkspaceId, db: Db = database().db): Promise<Sender[]> {
  const rows = await db
    .select()
    .from(senders)
    .where(eq(senders.workspaceId, workspaceId))
    .orderBy(asc(senders.createdAt), asc(senders.id));
  return rows.map(toSender);
}

/** One sender. Throws AppError `not_found`. */
export async function getSender(
  workspaceId: WorkspaceId,
  senderId: string,
  db: Db = database().db,
): Promise<Sender> {
  const [row] = await db
    .select()
    .from(senders)
    .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId)));
  if (!row) throw notFound('sender');
  return toSender(row);
}

/** A row as the API shows it. */
export function toSender(row: SenderRow): Sender {
  return {
    id: row.id,
    user_id: row.userId,
    name: row.name,
    sandbox: row.sandbox,
    phone_number_id: row.phoneNumberId,
    waba_id: row.wabaId,
    webhook_url: webhookUrl(),
    verify_token: row.verifyToken,
    rate_limit: row.rateLimit,
    status: row.status,
    quality_rating: row.qualityRating,
    throughput_level: row.throughputLevel,
    messaging_limit: row.messagingLimit,
    display_phone_number: row.displayPhoneNumber,
    verified_name: row.verifiedName,
    webhook_seen_at: row.webhookSeenAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    synced_at: row.syncedAt?.toISOString() ?? null,
  };
}

/** Where Meta, or the sandbox, calls; the same for every sender: the signature tells them apart. */
export function webhookUrl(): string {
  return `${getEnv().publicUrl}/api/webhooks/whatsapp`;
}
