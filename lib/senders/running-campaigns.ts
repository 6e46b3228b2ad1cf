import { and, eq } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { publishCampaignChange } from '@/lib/events/publish';
import type { WorkspaceId } from '@/lib/tenant';

/** The workers look at the campaigns of a sender that are sending, now and not in some seconds. */
export async function tellRunningCampaigns(
  { workspaceId, senderId }: { workspaceId: WorkspaceId; senderId: string },
  db: Db,
): Promise<void> {
  const running = await db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(
      and(
        eq(campaigns.workspaceId, workspaceId),
        eq(campaigns.senderId, senderId),
        eq(campaigns.status, 'active'),
      ),
    );
  for (const { id } of running) await publishCampaignChange(id, db);
}
