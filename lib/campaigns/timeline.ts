import { and, desc, eq, lt } from 'drizzle-orm';
import { z } from 'zod';
import { database, type Db } from '@/db/client';
import { users } from '@/db/schema/accounts';
import { campaignEvents, campaigns } from '@/db/schema/campaigns';
import { AppError, notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import type { CampaignTimeline } from './timeline-schema';

export interface ListTimeline {
  workspaceId: WorkspaceId;
  campaignId: string;
  limit: number;
  /** From the page before. */
  cursor?: string;
}

/** Who did what to a campaign, newest first (index campaign_events_campaign, read backwards); throws 404. */
export async function listTimeline(
  { workspaceId, campaignId, limit, cursor }: ListTimeline,
  db: Db = database().db,
): Promise<CampaignTimeline> {
  const own = and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, campaignId));
  const [campaign] = await db.select({ id: campaigns.id }).from(campaigns).where(own);
  if (!campaign) throw notFound('campaign');
  const rows = await db
    .select({ event: campaignEvents, name: users.name, email: users.email })
    .from(campaignEvents)
    .leftJoin(
      users,
      and(eq(users.workspaceId, campaignEvents.workspaceId), eq(users.id, campaignEvents.userId)),
    )
    .where(
      and(
        eq(campaignEvents.workspaceId, workspaceId),
        eq(campaignEvents.campaignId, campaignId),
        cursor ? lt(campaignEvents.id, parseCursor(cursor)) : undefined,
      ),
    )
    .orderBy(desc(campaignEvents.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    events: page.map(({ event, name, email }) => ({
      id: event.id,
      kind: event.kind,
      at: event.createdAt.toISOString(),
      user: event.userId ? { id: event.userId, name: name || email || 'A former member' } : null,
      detail: event.detail,
    })),
    next_cursor: last ? String(last.event.id) : null,
  };
}

function parseCursor(text: string): number {
  const id = z.coerce.number().int().positive().safeParse(text);
  if (id.success) return id.data;
  throw new AppError(
    'malformed',
    'invalid_cursor',
    'The cursor is not one this list gave out: leave it away to start from the first page.',
  );
}
