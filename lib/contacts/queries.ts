import { and, desc, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { inboundMessages } from '@/db/schema/webhooks';
import { findOptOut } from '@/lib/opt-outs/list';
import { listContactCampaigns, type ContactKey } from './campaigns';
import { listContactEvents } from './history';
import type { Contact } from './schema';

/** All this workspace knows of a number; of one it has never met, that there is nothing. */
export async function getContact(
  { limit, cursor, ...key }: ContactKey & { limit: number; cursor?: string },
  db: Db = database().db,
): Promise<Contact> {
  const { campaigns, next_cursor } = await listContactCampaigns({ ...key, limit, cursor }, db);
  return {
    phone: key.phone,
    opt_out: await findOptOut(key, db),
    history: await listContactEvents(key, db),
    campaigns,
    next_cursor,
    messages: await summariseMessages(key, db),
  };
}

async function summariseMessages({ workspaceId, phone }: ContactKey, db: Db): Promise<Contact['messages']> {
  const [latest] = await db
    .select({
      count: sql<number>`(count(*) OVER ())::int`,
      receivedAt: inboundMessages.receivedAt,
      kind: inboundMessages.kind,
      body: inboundMessages.body,
    })
    .from(inboundMessages)
    .where(and(eq(inboundMessages.workspaceId, workspaceId), eq(inboundMessages.phone, phone)))
    .orderBy(desc(inboundMessages.receivedAt))
    .limit(1);
  if (!latest) return { count: 0, latest: null };
  const { count, receivedAt, kind, body: text } = latest;
  return { count, latest: { received_at: receivedAt.toISOString(), kind, text } };
}
