import { and, eq } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { AppError, notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import type { OfCampaign } from './audience';
import type { Follows } from './schema';

/** With the name the followed campaign had, for the timelines. */
export type NamedFollows = Follows & { name: string };

export type Followed = Pick<
  typeof campaigns.$inferSelect,
  'name' | 'senderId' | 'templateId' | 'columns' | 'mapping' | 'variants' | 'listSource' | 'listName'
>;

/** A campaign that is to be followed; throws 404. Not locked: it must stay possible to pause it meanwhile. */
export async function getFollowed({ workspaceId, campaignId }: OfCampaign, db: Db): Promise<Followed> {
  const [row] = await db
    .select({
      name: campaigns.name,
      senderId: campaigns.senderId,
      templateId: campaigns.templateId,
      columns: campaigns.columns,
      mapping: campaigns.mapping,
      variants: campaigns.variants,
      listSource: campaigns.listSource,
      listName: campaigns.listName,
    })
    .from(campaigns)
    .where(and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, campaignId)));
  if (!row) throw notFound('campaign');
  return row;
}

/** What an upload says it follows; throws 404 with a code of its own, for its list may well be sent without that. */
export async function nameFollowed(
  workspaceId: WorkspaceId,
  follows: Follows,
  tx: Db,
): Promise<NamedFollows> {
  const [row] = await tx
    .select({ name: campaigns.name })
    .from(campaigns)
    .where(and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, follows.campaign_id)));
  if (row) return { ...follows, name: row.name };
  const message = 'The campaign that this one follows is gone: leave `follows` out to send it by itself.';
  throw new AppError('not_found', 'followed_campaign_not_found', message);
}
