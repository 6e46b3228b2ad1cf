import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaignDrafts } from '@/db/schema/campaigns';
import type { WorkspaceId } from '@/lib/tenant';
import { readParts, removeDraftFile } from './files';
import { holdsNumber, isNumber } from './holds-number';
import type { DraftKey } from './mutations';
import { toDraft } from './queries';

/**
 * Takes a person out of the campaigns being put together: a file that holds their number in one of these digits (or
 * cannot be searched, as a workbook) is removed with all that was corrected in it. Returns those drafts. Each stands by
 * itself: after a failure half-way the same call does the rest.
 */
export async function eraseFromDrafts(
  of: { workspaceId: WorkspaceId; forms: readonly string[] },
  db: Db = database().db,
): Promise<{ id: string; name: string }[]> {
  const { workspaceId } = of;
  const found = await db
    .select({ id: campaignDrafts.id })
    .from(campaignDrafts)
    .where(and(eq(campaignDrafts.workspaceId, workspaceId), isNotNull(campaignDrafts.fileName)))
    .orderBy(asc(campaignDrafts.id));
  const removed = [];
  for (const { id } of found) {
    const key = { workspaceId, draftId: id };
    const name = await db.transaction((tx) => eraseFromDraft(key, of.forms, tx));
    if (name !== null) removed.push({ id, name });
  }
  return removed;
}

/** The draft's name when its file was removed. Locked, so that no other file takes its place meanwhile. */
async function eraseFromDraft(key: DraftKey, forms: readonly string[], tx: Db): Promise<string | null> {
  const [row] = await tx
    .select()
    .from(campaignDrafts)
    .where(and(eq(campaignDrafts.workspaceId, key.workspaceId), eq(campaignDrafts.id, key.draftId)))
    .for('update');
  if (!row?.fileBytes) return null;
  const { contents } = toDraft(row);
  const isIn =
    contents.edits.some(({ value }) => isNumber(value, forms)) ||
    (await holdsNumber(readParts(key, row.fileBytes, tx), forms));
  if (!isIn) return null;
  // The revision rises, so that no open window writes back what it still has.
  await removeDraftFile(
    key,
    {
      contents: { ...contents, edits: [], attested: false },
      revision: row.revision + 1,
      fileRemovedAt: sql`now()`,
    },
    tx,
  );
  return row.name;
}
