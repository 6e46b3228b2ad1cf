import { and, eq, isNotNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaignDraftFiles, campaignDrafts, campaigns } from '@/db/schema/campaigns';
import { AppError, notFound } from '@/lib/errors';
import { getSender } from '@/lib/senders/queries';
import { getTemplate } from '@/lib/templates/queries';
import type { Actor, WorkspaceId } from '@/lib/tenant';
import { toDraft } from './queries';
import { draftContentsSchema, type Draft, type DraftChanges } from './schema';

/** A draft with nothing in it, or with a template chosen. Throws 404 for another workspace's template. */
export async function createDraft(
  actor: Actor,
  { templateId }: { templateId?: number },
  db: Db = database().db,
): Promise<Draft> {
  const { workspaceId, userId } = actor;
  const template = templateId === undefined ? null : await getTemplate(workspaceId, templateId, db);
  const sender = template ? await getSender(workspaceId, template.sender_id, db) : null;
  const contents = draftContentsSchema.parse({
    template_id: template?.id,
    sender_id: sender?.id,
    default_country: sender?.default_country,
  });
  const [row] = await db.insert(campaignDrafts).values({ workspaceId, userId, contents }).returning();
  if (!row) throw new Error('The insert of a draft returned nothing.');
  return toDraft(row);
}

export interface DraftKey {
  workspaceId: WorkspaceId;
  draftId: string;
}

/**
 * Saves what was given if the draft still is at `revision`. Throws 404, also for a campaign that is not the
 * workspace's, and 409 `draft_changed` when somebody, or another tab, has saved since.
 */
export async function updateDraft(
  { workspaceId, draftId, changes }: DraftKey & { changes: DraftChanges },
  db: Db = database().db,
): Promise<Draft> {
  const { revision, name, contents, campaign_id: campaignId } = changes;
  return db.transaction(async (tx) => {
    const own = ofDraft({ workspaceId, draftId });
    const [found] = await tx
      .select({ revision: campaignDrafts.revision })
      .from(campaignDrafts)
      .where(own)
      .for('update');
    if (!found) throw notFound('draft');
    if (found.revision !== revision) {
      const message =
        'This draft was changed in another window since it was loaded here: reload it to go on from there.';
      throw new AppError('conflict', 'draft_changed', message);
    }
    if (campaignId) await requireCampaign({ workspaceId, campaignId }, tx);
    const [row] = await tx
      .update(campaignDrafts)
      .set({ name, contents, campaignId, revision: revision + 1, updatedAt: sql`now()` })
      .where(own)
      .returning();
    if (!row) throw notFound('draft');
    return toDraft(row);
  });
}

/** Forgets a draft and its file. Throws 404. */
export async function deleteDraft(key: DraftKey, db: Db = database().db): Promise<void> {
  await db.transaction(async (tx) => {
    const gone = await tx.delete(campaignDrafts).where(ofDraft(key)).returning({ id: campaignDrafts.id });
    if (gone.length === 0) throw notFound('draft');
    await tx
      .delete(campaignDraftFiles)
      .where(
        and(eq(campaignDraftFiles.workspaceId, key.workspaceId), eq(campaignDraftFiles.draftId, key.draftId)),
      );
  });
}

/**
 * For the maintenance loop, over all workspaces: drafts untouched for 30 days, and those that became a campaign
 * more than a day ago, go with their files. Returns how many.
 */
export async function purgeDrafts(db: Db = database().db): Promise<number> {
  return db.transaction(async (tx) => {
    const gone = await tx
      .delete(campaignDrafts)
      .where(
        or(
          lt(campaignDrafts.updatedAt, sql`now() - interval '30 days'`),
          and(
            isNotNull(campaignDrafts.campaignId),
            lt(campaignDrafts.updatedAt, sql`now() - interval '1 day'`),
          ),
        ),
      )
      .returning({ workspaceId: campaignDrafts.workspaceId, draftId: campaignDrafts.id });
    for (const { workspaceId, draftId } of gone) {
      await tx
        .delete(campaignDraftFiles)
        .where(and(eq(campaignDraftFiles.workspaceId, workspaceId), eq(campaignDraftFiles.draftId, draftId)));
    }
    return gone.length;
  });
}

/** The condition that names one draft. */
export function ofDraft({ workspaceId, draftId }: DraftKey): SQL | undefined {
  return and(eq(campaignDrafts.workspaceId, workspaceId), eq(campaignDrafts.id, draftId));
}

async function requireCampaign(
  { workspaceId, campaignId }: { workspaceId: WorkspaceId; campaignId: string },
  tx: Db,
): Promise<void> {
  const [campaign] = await tx
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, campaignId)));
  if (!campaign) throw notFound('campaign');
}
