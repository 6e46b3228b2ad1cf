import { database, type Db } from '@/db/client';
import type { WorkspaceId } from '@/lib/tenant';
import type { SyncReport } from '@/lib/templates/schema';
import { syncTemplates } from '@/lib/templates/sync';
import { getPhoneNumber } from '@/lib/whatsapp/graph';
import { GraphReadError } from '@/lib/whatsapp/graph-errors';
import { openSender } from './credentials';
import { storeNumber } from './refresh-number';
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
  await storeNumber({ workspaceId, senderId, number, isSynced: true }, db);
  return report;
}
