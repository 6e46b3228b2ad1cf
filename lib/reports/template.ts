import { database, type Db } from '@/db/client';
import { AppError } from '@/lib/errors';
import { getTemplate } from '@/lib/templates/queries';
import type { Template } from '@/lib/templates/schema';
import type { WorkspaceId } from '@/lib/tenant';

/** The template of a campaign as it stands now; null when it went with its sender. */
export async function findTemplate(
  workspaceId: WorkspaceId,
  id: number,
  db: Db = database().db,
): Promise<Template | null> {
  return getTemplate(workspaceId, id, db).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === 'not_found') return null;
    throw error;
  });
}
