import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { mediaFiles, mediaUploads } from '@/db/schema/media';
import type { WorkspaceId } from '@/lib/tenant';
import type { UploadedMedia } from '@/lib/whatsapp/payload-parameters';

/** A sender's uploads. */
export interface UploadsOf {
  workspaceId: WorkspaceId;
  senderId: string;
}

/** WhatsApp keeps a file for 30 days (reference §2); a day before that it is given anew. */
const FRESH = sql`${mediaUploads.uploadedAt} > now() - interval '29 days'`;

/** How long an upload is believed to be under way after its last sign: whoever died at it is taken over from soon. */
const LEASE = sql`now() + interval '45 seconds'`;

/** WhatsApp not knowing a file it was given less than this ago is no expiry: giving it again would not end. */
const JUST_UPLOADED = sql`${mediaUploads.uploadedAt} > now() - interval '30 seconds'`;

/** What WhatsApp knows of these files now, by our id; those that are missing must be uploaded. */
export async function readUploads(
  { workspaceId, senderId }: UploadsOf,
  mediaIds: readonly string[],
  db: Db = database().db,
): Promise<UploadedMedia> {
  if (mediaIds.length === 0) return new Map();
  const rows = await db
    .select({ id: mediaFiles.id, graphId: mediaUploads.graphId, fileName: mediaFiles.name })
    .from(mediaUploads)
    .innerJoin(
      mediaFiles,
      and(eq(mediaFiles.workspaceId, mediaUploads.workspaceId), eq(mediaFiles.id, mediaUploads.mediaId)),
    )
    .where(
      and(
        eq(mediaUploads.workspaceId, workspaceId),
        eq(mediaUploads.senderId, senderId),
        inArray(mediaUploads.mediaId, [...mediaIds]),
        FRESH,
      ),
    );
  return new Map(
    rows.flatMap(({ id, graphId, fileName }) => (graphId === null ? [] : [[id, { graphId, fileName }]])),
  );
}

/** Takes an upload on: of all processes one gets a token. Null: it is there, or another one is at it. */
export async function claimUpload(
  { workspaceId, senderId, mediaId }: UploadsOf & { mediaId: string },
  db: Db = database().db,
): Promise<string | null> {
  const leaseToken = randomUUID();
  const rows = await db
    .insert(mediaUploads)
    .values({ workspaceId, senderId, mediaId, leaseToken, leaseUntil: LEASE })
    .onConflictDoUpdate({
      target: [mediaUploads.workspaceId, mediaUploads.senderId, mediaUploads.mediaId],
      set: { leaseToken, leaseUntil: LEASE },
      setWhere: sql`(${mediaUploads.leaseUntil} IS NULL OR ${mediaUploads.leaseUntil} < now())
        AND (${mediaUploads.graphId} IS NULL OR NOT ${FRESH})`,
    })
    .returning({ id: mediaUploads.mediaId });
  return rows.length > 0 ? leaseToken : null;
}

/** Says that an upload that was taken on is still under way; it must be said every few seconds. */
export async function renewUpload(
  of: UploadsOf & { mediaId: string },
  leaseToken: string,
  db: Db = database().db,
): Promise<void> {
  await db.update(mediaUploads).set({ leaseUntil: LEASE }).where(isTaken(of, leaseToken));
}

/** Of a file that is not there any more: nothing of it is kept. */
export async function dropUpload(
  of: UploadsOf & { mediaId: string },
  leaseToken: string,
  db: Db = database().db,
): Promise<void> {
  await db.delete(mediaUploads).where(isTaken(of, leaseToken));
}

/** Ends an upload that was taken on: with WhatsApp's id, or null when it failed and may be tried again. */
export async function endUpload(
  of: UploadsOf & { mediaId: string },
  { leaseToken, graphId }: { leaseToken: string; graphId: string | null },
  db: Db = database().db,
): Promise<void> {
  await db
    .update(mediaUploads)
    .set({
      leaseToken: null,
      leaseUntil: null,
      ...(graphId === null ? {} : { graphId, uploadedAt: sql`now()` }),
    })
    .where(isTaken(of, leaseToken));
}

function isTaken({ workspaceId, senderId, mediaId }: UploadsOf & { mediaId: string }, leaseToken: string) {
  return and(
    eq(mediaUploads.workspaceId, workspaceId),
    eq(mediaUploads.senderId, senderId),
    eq(mediaUploads.mediaId, mediaId),
    eq(mediaUploads.leaseToken, leaseToken),
  );
}

/**
 * WhatsApp does not know these of its ids any more: they are uploaded again. `fresh`: one of them was given only just
 * now, so that it is no expiry.
 */
export async function forgetUploads(
  { workspaceId, senderId }: UploadsOf,
  graphIds: readonly string[],
  db: Db = database().db,
): Promise<{ fresh: boolean }> {
  if (graphIds.length === 0) return { fresh: false };
  const those = and(
    eq(mediaUploads.workspaceId, workspaceId),
    eq(mediaUploads.senderId, senderId),
    inArray(mediaUploads.graphId, [...graphIds]),
  );
  const young = await db.$count(mediaUploads, and(those, JUST_UPLOADED));
  if (young > 0) return { fresh: true };
  await db.update(mediaUploads).set({ graphId: null, uploadedAt: null }).where(those);
  return { fresh: false };
}
