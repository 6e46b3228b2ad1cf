import { and, asc, desc, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { mediaFiles, mediaParts } from '@/db/schema/media';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { mediaReference } from '@/lib/templates/values/media-reference';
import type { Media } from './schema';

export interface MediaKey {
  workspaceId: WorkspaceId;
  mediaId: string;
}

const MOST_LISTED = 100;

/** The workspace's newest files. */
export async function listMedia(workspaceId: WorkspaceId, db: Db = database().db): Promise<Media[]> {
  const rows = await db
    .select()
    .from(mediaFiles)
    .where(eq(mediaFiles.workspaceId, workspaceId))
    .orderBy(desc(mediaFiles.createdAt), asc(mediaFiles.id))
    .limit(MOST_LISTED);
  return rows.map(toMedia);
}

/** One file. Throws AppError `not_found`. */
export async function getMedia(key: MediaKey, db: Db = database().db): Promise<Media> {
  const [row] = await db.select().from(mediaFiles).where(ofMedia(key));
  if (!row) throw notFound('media');
  return toMedia(row);
}

/** A file's bytes, a part at a time, as fast as they are taken. Fails when the file goes meanwhile. */
export async function* readMedia(key: MediaKey, bytes: number, db: Db): AsyncGenerator<Buffer> {
  let read = 0;
  for (let part = 0; read < bytes; part += 1) {
    const { workspaceId, mediaId } = key;
    const [row] = await db
      .select({ data: mediaParts.data })
      .from(mediaParts)
      .where(
        and(
          eq(mediaParts.workspaceId, workspaceId),
          eq(mediaParts.mediaId, mediaId),
          eq(mediaParts.part, part),
        ),
      );
    if (!row) throw new Error('A file was deleted while it was read.');
    read += row.data.length;
    yield row.data;
  }
}

export function ofMedia({ workspaceId, mediaId }: MediaKey) {
  return and(eq(mediaFiles.workspaceId, workspaceId), eq(mediaFiles.id, mediaId));
}

/** A row as the API shows it. */
export function toMedia(row: typeof mediaFiles.$inferSelect): Media {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    mime_type: row.mimeType,
    bytes: row.bytes,
    created_at: row.createdAt.toISOString(),
    reference: mediaReference(row.id),
  };
}
