import { and, eq, inArray, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import type { WorkspaceId } from '@/lib/tenant';
import type { CampaignsInUse } from './dto';

/** Campaigns that could not be sent, or not to their end, without their sender. */
export const NEEDS_SENDER = ['draft', 'scheduled', 'active', 'paused'] as const;

const NAMED = 20;

/** By sender id, the campaigns that need it; a sender that none needs is absent. Test sends are not listed. */
export async function listCampaignsInUse(
  { workspaceId, senderIds }: { workspaceId: WorkspaceId; senderIds: string[] },
  db: Db = database().db,
): Promise<Map<string, CampaignsInUse>> {
  const found = new Map<string, CampaignsInUse>();
  if (senderIds.length === 0) return found;
  const { id, name, status, senderId, createdAt } = campaigns;
  const ranked = db
    .select({
      ...{ id, name, status, senderId },
      place: sql<number>`row_number() OVER (PARTITION BY ${senderId} ORDER BY ${createdAt} DESC, ${id} DESC)`
        .mapWith(Number)
        .as('place'),
      total: sql<number>`count(*) OVER (PARTITION BY ${senderId})`.mapWith(Number).as('total'),
    })
    .from(campaigns)
    .where(
      and(
        eq(campaigns.workspaceId, workspaceId),
        inArray(senderId, senderIds),
        inArray(status, [...NEEDS_SENDER]),
        eq(campaigns.isTest, false),
      ),
    )
    .as('ranked');
  const rows = await db
    .select()
    .from(ranked)
    .where(sql`${ranked.place} <= ${NAMED}`)
    .orderBy(ranked.place);
  for (const { senderId: of, total, id, name, status } of rows) {
    const inUse = found.get(of) ?? { campaigns: [], campaigns_in_use: total };
    inUse.campaigns.push({ id, name, status });
    found.set(of, inUse);
  }
  return found;
}
