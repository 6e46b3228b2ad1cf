import type { FileHandle } from 'node:fs/promises';
import { database, type Db } from '@/db/client';
import { mediaFiles, mediaParts } from '@/db/schema/media';
import { recordAudit } from '@/lib/audit/record';
import { AppError } from '@/lib/errors';
import type { Actor } from '@/lib/tenant';
import { fileTypeOf, HEAD_BYTES } from './file-type';
import { toMedia } from './queries';
import { MEDIA_RULES, type Media } from './schema';

const PART_BYTES = 1024 * 1024;

export interface ReceivedFile {
  name: string;
  bytes: number;
  file: FileHandle;
}

/** Keeps a file that has arrived whole. Throws 422 for what WhatsApp takes in no header, or not so large. */
export async function storeMedia(
  actor: Actor,
  { name, bytes, file }: ReceivedFile,
  db: Db = database().db,
): Promise<Media> {
  const head = Buffer.alloc(Math.min(HEAD_BYTES, bytes));
  await file.read(head, 0, head.length, 0);
  const type = fileTypeOf(head);
  if (!type) {
    const kinds = Object.values(MEDIA_RULES).map(({ words }) => words);
    throw unfit(`WhatsApp takes no file of this type in a header. It takes: ${kinds.join('; ')}.`);
  }
  const { maxBytes, words } = MEDIA_RULES[type.kind];
  if (bytes > maxBytes) throw unfit(`This ${type.kind} is too large for WhatsApp. It takes ${words}.`);
  const { workspaceId, userId } = actor;
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(mediaFiles)
      .values({ workspaceId, userId, name, kind: type.kind, mimeType: type.mimeType, bytes })
      .returning();
    if (!row) throw new Error('The insert of a file returned nothing.');
    for (let part = 0; part * PART_BYTES < bytes; part += 1) {
      const data = Buffer.alloc(Math.min(PART_BYTES, bytes - part * PART_BYTES));
      await file.read(data, 0, data.length, part * PART_BYTES);
      await tx.insert(mediaParts).values({ workspaceId, mediaId: row.id, part, data });
    }
    const detail = { type: type.mimeType, bytes };
    await recordAudit([{ workspaceId, userId, kind: 'media_uploaded', subject: name, detail }], tx);
    return toMedia(row);
  });
}

function unfit(message: string): AppError {
  return new AppError('invalid', 'media_not_accepted', message, { issues: [{ path: 'file', message }] });
}
