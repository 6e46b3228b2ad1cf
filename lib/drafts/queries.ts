import { and, desc, eq, isNull, or, gt, isNotNull } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaignDrafts } from '@/db/schema/campaigns';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { draftContentsSchema, type Draft, type DraftSummary } from './schema';

type DraftRow = typeof campaignDrafts.$inferSelect;

/** Older ones are still there by their address; a list of more than this helps nobody. */
const MAX_LISTED = 50;

const summary = {
  id: campaignDrafts.id,
  name: campaignDrafts.name,
  revision: campaignDrafts.revision,
  fileName: campaignDrafts.fileName,
  fileBytes: campaignDrafts.fileBytes,
  fileRemovedAt: campaignDrafts.fileRemovedAt,
  campaignId: campaignDrafts.campaignId,
  createdAt: campaignDrafts.createdAt,
  updatedAt: campaignDrafts.updatedAt,
};

/**
 * The workspace's drafts that have not become campaigns, last touched first (index campaign_drafts_open); those
 * nobody has put anything into are left out. At most fifty.
 */
export async function listDrafts(workspaceId: WorkspaceId, db: Db = database().db): Promise<DraftSummary[]> {
  const rows = await db
    .select(summary)
    .from(campaignDrafts)
    .where(
      and(
        eq(campaignDrafts.workspaceId, workspaceId),
        isNull(campaignDrafts.campaignId),
        or(gt(campaignDrafts.revision, 0), isNotNull(campaignDrafts.fileName)),
      ),
    )
    .orderBy(desc(campaignDrafts.updatedAt), desc(campaignDrafts.id))
    .limit(MAX_LISTED);
  return rows.map(toSummary);
}

/** One draft. Throws AppError `not_found`. */
export async function getDraft(
  { workspaceId, draftId }: { workspaceId: WorkspaceId; draftId: string },
  db: Db = database().db,
): Promise<Draft> {
  const [row] = await db
    .select()
    .from(campaignDrafts)
    .where(and(eq(campaignDrafts.workspaceId, workspaceId), eq(campaignDrafts.id, draftId)));
  if (!row) throw notFound('draft');
  return toDraft(row);
}

/** A row as the API shows it. What an older version of the wizard stored and this one cannot read is dropped. */
export function toDraft(row: DraftRow): Draft {
  const contents = draftContentsSchema.safeParse(row.contents).data ?? draftContentsSchema.parse({});
  return { ...toSummary(row), contents };
}

function toSummary(row: Pick<DraftRow, keyof typeof summary>): DraftSummary {
  return {
    id: row.id,
    name: row.name,
    revision: row.revision,
    file_name: row.fileName,
    file_bytes: row.fileBytes,
    file_removed_at: row.fileRemovedAt?.toISOString() ?? null,
    campaign_id: row.campaignId,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
