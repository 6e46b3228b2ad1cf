import type { FileHandle } from 'node:fs/promises';
import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { database, type Db } from '@/db/client';
import { campaignDraftFiles, campaignDrafts } from '@/db/schema/campaigns';
import { AppError, notFound } from '@/lib/errors';
import { asStorageFull, openUnnamedFile, uploadTooLarge } from '@/lib/unnamed-file';
import { ofDraft, type DraftKey } from './mutations';
import { toDraft } from './queries';
import type { Draft } from './schema';

const PART_BYTES = 1024 * 1024;

export interface IncomingFile {
  name: string;
  /** As the client says; null when it does not. */
  contentLength: number | null;
  body: ReadableStream<Uint8Array> | null;
  maxBytes: number;
}

/**
 * Keeps a file with its draft, in the place of the one before. It is taken in whole first: a slow client must not
 * hold a transaction open, and a cut upload leaves the old file. Throws 404, 413 and 422 for an empty one.
 */
export async function putDraftFile(
  { workspaceId, draftId, file }: DraftKey & { file: IncomingFile },
  db: Db = database().db,
): Promise<Draft> {
  const spool = await openUnnamedFile();
  try {
    const bytes = await receive(file, spool);
    return await db.transaction((tx) =>
      storeParts({ workspaceId, draftId, name: file.name, bytes, spool }, tx),
    );
  } finally {
    await spool.close();
  }
}

async function receive({ body, contentLength, maxBytes }: IncomingFile, spool: FileHandle): Promise<number> {
  if ((contentLength ?? 0) > maxBytes) throw uploadTooLarge(maxBytes);
  const reader = body?.getReader();
  let bytes = 0;
  try {
    for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
      bytes += next.value.length;
      if (bytes > maxBytes) throw uploadTooLarge(maxBytes);
      await spool.writeFile(next.value);
    }
  } catch (error) {
    // Not awaited: a client that goes on sending must not hold the answer up.
    reader?.cancel().catch(() => undefined);
    throw error instanceof AppError ? error : (asStorageFull(error) ?? incomplete());
  }
  if (contentLength !== null && bytes < contentLength) throw incomplete();
  if (bytes > 0) return bytes;
  throw new AppError('invalid', 'file_empty', 'The file is empty: choose another one.');
}

async function storeParts(
  { name, bytes, spool, ...key }: DraftKey & { name: string; bytes: number; spool: FileHandle },
  tx: Db,
): Promise<Draft> {
  // Locked first, so that of two uploads at once one comes after the other, whole.
  const [row] = await tx
    .update(campaignDrafts)
    .set({ fileName: name, fileBytes: bytes, fileRemovedAt: null, updatedAt: sql`now()` })
    .where(ofDraft(key))
    .returning();
  if (!row) throw notFound('draft');
  await tx.delete(campaignDraftFiles).where(ofFile(key));
  for (let part = 0; part * PART_BYTES < bytes; part += 1) {
    const data = Buffer.alloc(Math.min(PART_BYTES, bytes - part * PART_BYTES));
    await spool.read(data, 0, data.length, part * PART_BYTES);
    await tx.insert(campaignDraftFiles).values({ ...key, part, data });
  }
  return toDraft(row);
}

export interface OutgoingFile {
  name: string;
  bytes: number;
  /** Reads on only as fast as it is taken; fails when another file takes its place meanwhile. */
  chunks: AsyncGenerator<Uint8Array>;
}

/** The draft's file as it was uploaded. Throws 404 where there is no draft, or no file. */
export async function openDraftFile(key: DraftKey, db: Db = database().db): Promise<OutgoingFile> {
  const [row] = await db
    .select({
      name: campaignDrafts.fileName,
      bytes: campaignDrafts.fileBytes,
      removedAt: campaignDrafts.fileRemovedAt,
    })
    .from(campaignDrafts)
    .where(ofDraft(key));
  if (!row) throw notFound('draft');
  if (row.removedAt) throw fileErased();
  if (row.name === null || row.bytes === null) {
    throw new AppError('not_found', 'draft_file_missing', 'This draft has no file yet.');
  }
  return { name: row.name, bytes: row.bytes, chunks: readParts(key, row.bytes, db) };
}

/** Takes the file out of a draft that has no more use for it, or must not have it. `more`: what changes with it. */
export async function removeDraftFile(
  key: DraftKey,
  more: PgUpdateSetSource<typeof campaignDrafts>,
  tx: Db,
): Promise<void> {
  await tx
    .update(campaignDrafts)
    .set({ fileName: null, fileBytes: null, ...more })
    .where(ofDraft(key));
  await tx.delete(campaignDraftFiles).where(ofFile(key));
}

/** A file's bytes, a part at a time. The caller has locked the draft, or is told when another file takes its place. */
export async function* readParts(key: DraftKey, bytes: number, db: Db): AsyncGenerator<Uint8Array> {
  let writtenBy: string | undefined;
  let read = 0;
  for (let part = 0; read < bytes; part += 1) {
    // All parts of a file are of one transaction: another one's belong to another file.
    const [row] = await db
      .select({ data: campaignDraftFiles.data, writtenBy: sql<string>`xmin::text` })
      .from(campaignDraftFiles)
      .where(and(ofFile(key), gte(campaignDraftFiles.part, part)))
      .orderBy(asc(campaignDraftFiles.part))
      .limit(1);
    writtenBy ??= row?.writtenBy;
    if (!row || row.writtenBy !== writtenBy)
      throw new Error('The file of a draft was replaced while it was read.');
    read += row.data.length;
    yield row.data;
  }
}

function ofFile({ workspaceId, draftId }: DraftKey) {
  return and(eq(campaignDraftFiles.workspaceId, workspaceId), eq(campaignDraftFiles.draftId, draftId));
}

function fileErased(): AppError {
  return new AppError(
    'not_found',
    'draft_file_erased',
    'The file was removed because somebody in it was erased: choose it again, without them.',
  );
}

function incomplete(): AppError {
  return new AppError(
    'malformed',
    'incomplete_upload',
    'The upload broke off; the file before it is still there, send it again.',
  );
}
