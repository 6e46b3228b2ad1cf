import { and, eq, ilike, or, sql, type SQL } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { users } from '@/db/schema/accounts';
import { campaignCounters, campaigns } from '@/db/schema/campaigns';
import { senders, templates } from '@/db/schema/senders';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { formatCursor, parseCursor } from './cursor';
import { toCampaign } from './dto';
import type { Campaign } from './schema';
import type { CampaignStatus } from './status';

export interface ListCampaigns {
  workspaceId: WorkspaceId;
  /** Only this member's campaigns; a 404 when it is not a member. */
  userId?: string;
  status?: CampaignStatus;
  /** Part of the name, in any case. */
  search?: string;
  limit: number;
  cursor?: string;
}

/** One page of the workspace's campaigns, newest first (index campaigns_newest); test sends are not among them. */
export async function listCampaigns(
  input: ListCampaigns,
  db: Db = database().db,
): Promise<{ campaigns: Campaign[]; nextCursor: string | null }> {
  const { workspaceId, userId, status, search, limit } = input;
  if (userId) await requireMember({ workspaceId, userId }, db);
  const after = input.cursor ? parseCursor(input.cursor) : null;
  const rows = await selectCampaigns(
    db,
    and(
      eq(campaigns.workspaceId, workspaceId),
      eq(campaigns.isTest, false),
      userId ? eq(campaigns.userId, userId) : undefined,
      status ? eq(campaigns.status, status) : undefined,
      search ? ilike(campaigns.name, `%${search.replace(/[\\%_]/g, '\\$&')}%`) : undefined,
      after
        ? sql`(${campaigns.createdAt}, ${campaigns.id}) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`
        : undefined,
    ),
  )
    // As the index campaigns_newest is declared: a plain DESC would mean NULLS FIRST and sort the workspace.
    .orderBy(sql`${campaigns.createdAt} DESC NULLS LAST`, sql`${campaigns.id} DESC NULLS LAST`)
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    campaigns: page.map(toCampaign),
    nextCursor: last ? formatCursor({ createdAt: last.createdAtText, id: last.campaign.id }) : null,
  };
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

/** Row, names and counts in one statement, hence one snapshot: the counts of an answer always add up. */
function selectCampaigns(db: Db, where: SQL | undefined) {
  const counts = db
    .select({
      pending: total('pending'),
      sent: total('sent'),
      delivered: total('delivered'),
      read: total('read'),
      failed: total('failed'),
      skipped: total('skipped'),
      unconfirmed: total('unconfirmed'),
    })
    .from(campaignCounters)
    .where(
      and(
        eq(campaignCounters.workspaceId, campaigns.workspaceId),
        eq(campaignCounters.campaignId, campaigns.id),
      ),
    )
    .as('counts');
  return db
    .select({
      campaign: campaigns,
      createdAtText: sql<string>`${campaigns.createdAt}::text`,
      templateName: templates.name,
      templateLanguage: templates.language,
      senderName: senders.name,
      sandbox: senders.sandbox,
      counts: {
        pending: counts.pending,
        sent: counts.sent,
        delivered: counts.delivered,
        read: counts.read,
        failed: counts.failed,
        skipped: counts.skipped,
        unconfirmed: counts.unconfirmed,
      },
    })
    .from(campaigns)
    .leftJoin(
      templates,
      and(eq(templates.workspaceId, campaigns.workspaceId), eq(templates.id, campaigns.templateId)),
    )
    .leftJoin(
      senders,
      and(eq(senders.workspaceId, campaigns.workspaceId), eq(senders.id, campaigns.senderId)),
    )
    .leftJoinLateral(counts, sql`true`)
    .where(where)
    .$dynamic();
}

function total(name: 'pending' | 'sent' | 'delivered' | 'read' | 'failed' | 'skipped' | 'unconfirmed') {
  return sql<number>`coalesce(sum(${campaignCounters[name]}), 0)::int`.as(name);
}
