import { and, asc, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { NO_CAMPAIGNS, toSender } from './dto';
import { listCampaignsInUse } from './in-use';
import type { Sender } from './schema';

/** The workspace's senders, oldest first. */
export async function listSenders(workspaceId: WorkspaceId, db: Db = database().db): Promise<Sender[]> {
  const rows = await db
    .select()
    .from(senders)
    .where(eq(senders.workspaceId, workspaceId))
    .orderBy(asc(senders.createdAt), asc(senders.id));
  const senderIds = rows.map(({ id }) => id);
  const inUse = await listCampaignsInUse({ workspaceId, senderIds }, db);
  return rows.map((row) => toSender(row, inUse.get(row.id) ?? NO_CAMPAIGNS));
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
  const inUse = await listCampaignsInUse({ workspaceId, senderIds: [senderId] }, db);
  return toSender(row, inUse.get(senderId) ?? NO_CAMPAIGNS);
}
