import { and, eq } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { templates } from '@/db/schema/senders';
import type { NamedSource } from '@/lib/recipients/mapping';
import type { WorkspaceId } from '@/lib/tenant';

/** Keeps how a list was mapped to a template, for whoever uploads the next one. The caller holds the template. */
export async function rememberMapping(
  templateId: number,
  lastMapping: Record<string, NamedSource>,
  workspaceId: WorkspaceId,
  tx: Db,
): Promise<void> {
  await tx
    .update(templates)
    .set({ lastMapping })
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.id, templateId)));
}
