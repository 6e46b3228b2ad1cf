import { eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { workspaces } from '@/db/schema/accounts';
import { recordAudit } from '@/lib/audit/record';
import { notFound } from '@/lib/errors';
import type { Actor, WorkspaceId } from '@/lib/tenant';
import type { UpdateWorkspaceSettings, WorkspaceSettings } from './workspace-schema';

/** What holds for everybody in the account. */
export async function getWorkspaceSettings(
  workspaceId: WorkspaceId,
  db: Db = database().db,
): Promise<WorkspaceSettings> {
  const [row] = await db
    .select({ late_after_minutes: workspaces.lateAfterMinutes })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  if (!row) throw notFound('account');
  return row;
}

/** Changes it for everybody, and writes down who did; the worker reads it at each planned start. */
export async function updateWorkspaceSettings(
  { workspaceId, userId }: Actor,
  changes: UpdateWorkspaceSettings,
  db: Db = database().db,
): Promise<WorkspaceSettings> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .update(workspaces)
      .set({ lateAfterMinutes: changes.late_after_minutes })
      .where(eq(workspaces.id, workspaceId))
      .returning();
    if (!row) throw notFound('account');
    const detail = { late_after_minutes: row.lateAfterMinutes };
    await recordAudit([{ workspaceId, userId, kind: 'late_starts_changed', subject: row.name, detail }], tx);
    return detail;
  });
}
