import { and, eq, inArray, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { mediaFiles, mediaParts, mediaUploads } from '@/db/schema/media';
import { recordAudit } from '@/lib/audit/record';
import { AppError, notFound } from '@/lib/errors';
import type { Actor } from '@/lib/tenant';
import { ofMedia } from './queries';

/** Campaigns that still send, or may be sent again, need their file. */
const MAY_SEND = ['draft', 'scheduled', 'active', 'paused'] as const;

/** Deletes a file with what is known of it at WhatsApp. Throws 404, 409 while a campaign needs it. */
export async function deleteMedia(
  { actor, mediaId }: { actor: Actor; mediaId: string },
  db: Db = database().db,
): Promise<void> {
  const { workspaceId } = actor;
  const key = { workspaceId, mediaId };
  await db.transaction(async (tx) => {
    // A campaign being made holds this row FOR KEY SHARE until it is visible (use.ts).
    const [file] = await tx
      .select({ name: mediaFiles.name })
      .from(mediaFiles)
      .where(ofMedia(key))
      .for('update');
    if (!file) throw notFound('media');
    const [using] = await tx
      .select({ name: campaigns.name })
      .from(campaigns)
      .where(
        and(
          eq(campaigns.workspaceId, workspaceId),
          inArray(campaigns.status, [...MAY_SEND]),
          sql`${campaigns.mediaIds} @> ARRAY[${mediaId}]::uuid[]`,
        ),
      )
      .limit(1);
    if (using) {
      const message = `The campaign “${using.name}” still needs this file: stop or finish it first.`;
      throw new AppError('conflict', 'media_in_use', message);
    }
    await tx
      .delete(mediaParts)
      .where(and(eq(mediaParts.workspaceId, workspaceId), eq(mediaParts.mediaId, mediaId)));
    await tx
      .delete(mediaUploads)
      .where(and(eq(mediaUploads.workspaceId, workspaceId), eq(mediaUploads.mediaId, mediaId)));
    await tx.delete(mediaFiles).where(ofMedia(key));
    await recordAudit([{ ...actor, kind: 'media_deleted', subject: file.name }], tx);
  });
}
