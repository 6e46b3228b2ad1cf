import { and, count, eq, gte, ilike, inArray, lt, or, type SQL } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { users } from '@/db/schema/accounts';
import { campaigns } from '@/db/schema/campaigns';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { toCampaign } from './dto';
import { ORDERS } from './order';
import type { Campaign } from './schema';
import type { CampaignSort } from './sorts';
import { selectCampaigns } from './select';
import type { CampaignStatus } from './status';

export interface CampaignFilter {
  workspaceId: WorkspaceId;
  /** Only this member's campaigns; a 404 when it is not a member. */
  userId?: string;
  status?: CampaignStatus;
  /** Part of the name, in any case. */
  search?: string;
  createdAfter?: Date;
  createdBefore?: Date;
  /** Only these; the others are left out, not an error. */
  ids?: string[];
}

export interface ListCampaigns extends CampaignFilter {
  /** Newest first unless given. */
  sort?: CampaignSort;
  limit: number;
  cursor?: string;
}

/** One page of the workspace's campaigns; by time it is served by the index campaigns_newest. */
export async function listCampaigns(
  input: ListCampaigns,
  db: Db = database().db,
): Promise<{ campaigns: Campaign[]; nextCursor: string | null }> {
  const { workspaceId, userId, limit, cursor } = input;
  if (userId) await requireMember({ workspaceId, userId }, db);
  const order = ORDERS[input.sort ?? 'newest'];
  // The page's ids first: names, counts and the engine's facts are read for them alone, however it is sorted.
  const ids = db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(matches(input), cursor ? order.after(cursor) : undefined))
    .orderBy(...order.by)
    .limit(limit + 1);
  const rows = await selectCampaigns(
    db,
    and(eq(campaigns.workspaceId, workspaceId), inArray(campaigns.id, ids)),
  ).orderBy(...order.by);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    campaigns: page.map(toCampaign),
    nextCursor: last ? order.cursorOf({ ...last.campaign, createdAtText: last.createdAtText }) : null,
  };
}

/** How many campaigns there are in all, over all pages. */
export async function countCampaigns(filter: CampaignFilter, db: Db = database().db): Promise<number> {
  const [row] = await db.select({ total: count() }).from(campaigns).where(matches(filter));
  return row?.total ?? 0;
}

function matches(filter: CampaignFilter): SQL | undefined {
  const { userId, status, search, createdAfter, createdBefore, ids } = filter;
  return and(
    eq(campaigns.workspaceId, filter.workspaceId),
    // A test send has its own page and is in no list.
    eq(campaigns.isTest, false),
    userId ? eq(campaigns.userId, userId) : undefined,
    status ? eq(campaigns.status, status) : undefined,
    search ? ilike(campaigns.name, `%${search.replace(/[\\%_]/g, '\\$&')}%`) : undefined,
    createdAfter ? gte(campaigns.createdAt, createdAfter) : undefined,
    createdBefore ? lt(campaigns.createdAt, createdBefore) : undefined,
    ids ? inArray(campaigns.id, ids) : undefined,
  );
}

/** One campaign with its counts; throws 404. */
export async function getCampaign(
  { workspaceId, campaignId }: { workspaceId: WorkspaceId; campaignId: string },
  db: Db = database().db,
): Promise<Campaign> {
  const [row] = await selectCampaigns(
    db,
    and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, campaignId)),
  );
  if (!row) throw notFound('campaign');
  return toCampaign(row);
}

/** Many at once, over workspaces, in one statement: what the live view reads. Those gone are left out. */
export async function readCampaigns(
  keys: readonly { workspaceId: WorkspaceId; campaignId: string }[],
  db: Db = database().db,
): Promise<Campaign[]> {
  if (keys.length === 0) return [];
  const wanted = keys.map((key) =>
    and(eq(campaigns.workspaceId, key.workspaceId), eq(campaigns.id, key.campaignId)),
  );
  return (await selectCampaigns(db, or(...wanted))).map(toCampaign);
}

async function requireMember(
  { workspaceId, userId }: { workspaceId: WorkspaceId; userId: string },
  db: Db,
): Promise<void> {
  const [member] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.workspaceId, workspaceId), eq(users.id, userId)));
  if (!member) throw notFound('user');
}
