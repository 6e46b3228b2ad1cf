import { and, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { getEnv } from '@/lib/env';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { sandboxUrl } from './sandbox';
import type { MarketingRoute } from './schema';
import { senderSecret } from './secrets';

/** All that a request to WhatsApp in a sender's name needs. Never logged, never shown. */
export interface SenderConnection {
  senderId: string;
  sandbox: boolean;
  /** A sandbox sender's is on loopback, whatever the settings say: it cannot reach the network. */
  baseUrl: string;
  version: string;
  phoneNumberId: string;
  wabaId: string;
  accessToken: string;
  /** How its marketing templates go out (db/schema/senders.ts). */
  marketingRoute: MarketingRoute;
}

type SenderRow = typeof senders.$inferSelect;

/**
 * A sender's address and token, read anew at every call, so that a new token acts at once. Throws AppError:
 * `not_found`, `sender_secret_unreadable`, `sandbox_off`.
 */
export async function openSender(
  workspaceId: WorkspaceId,
  senderId: string,
  db: Db = database().db,
): Promise<SenderConnection> {
  const [row] = await db
    .select()
    .from(senders)
    .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId)));
  if (!row) throw notFound('sender');
  return connectionOf(row);
}

/** The same from a row at hand. */
export function connectionOf(row: SenderRow): SenderConnection {
  const env = getEnv();
  return {
    senderId: row.id,
    sandbox: row.sandbox,
    baseUrl: row.sandbox ? sandboxUrl() : env.whatsappApiUrl,
    version: env.whatsappApiVersion,
    phoneNumberId: row.phoneNumberId,
    wabaId: row.wabaId,
    accessToken: senderSecret(row, 'access_token'),
    marketingRoute: row.marketingRoute,
  };
}
