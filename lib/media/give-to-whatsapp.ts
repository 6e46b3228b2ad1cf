import { setTimeout as sleep } from 'node:timers/promises';
import { database, type Db } from '@/db/client';
import { AppError } from '@/lib/errors';
import { openSender } from '@/lib/senders/credentials';
import { GraphReadError } from '@/lib/whatsapp/graph-errors';
import { uploadGraphMedia } from '@/lib/whatsapp/graph-media';
import { getMedia, readMedia } from './queries';
import { claimUpload, endUpload, type UploadsOf } from './uploads';

/** Waits before the second and third attempt; what then still fails is told to a person. */
const RETRY_WAITS_MS: readonly number[] = [2_000, 10_000];

/**
 * Uploads to the sender's number what is not there yet, each file once over all processes. Throws AppError in words
 * that say which file and why.
 */
export async function giveToWhatsApp(
  of: UploadsOf,
  mediaIds: readonly string[],
  db: Db = database().db,
): Promise<void> {
  for (const mediaId of mediaIds) {
    const leaseToken = await claimUpload({ ...of, mediaId }, db);
    if (leaseToken === null) continue;
    let graphId: string | null = null;
    try {
      graphId = await uploadOne({ ...of, mediaId }, db);
    } finally {
      await endUpload({ ...of, mediaId }, { leaseToken, graphId }, db);
    }
  }
}

async function uploadOne(
  { workspaceId, senderId, mediaId }: UploadsOf & { mediaId: string },
  db: Db,
): Promise<string> {
  const key = { workspaceId, mediaId };
  const file = await getMedia(key, db).catch((error: unknown) => {
    throw error instanceof AppError && error.kind === 'not_found' ? gone() : error;
  });
  for (let attempt = 0; ; attempt += 1) {
    const connection = await openSender(workspaceId, senderId, db);
    try {
      return await uploadGraphMedia(connection, connection.phoneNumberId, {
        name: file.name,
        mimeType: file.mime_type,
        bytes: file.bytes,
        chunks: readMedia(key, file.bytes, db),
      });
    } catch (error) {
      if (!(error instanceof GraphReadError)) throw error;
      const wait = RETRY_WAITS_MS[attempt];
      if (wait === undefined || !isPassing(error)) throw notTaken(file.name, error);
      await sleep(wait);
    }
  }
}

/** Not reached, overloaded or too fast; a wrong token or file stays wrong. */
function isPassing(error: GraphReadError): boolean {
  return error.kind === 'unavailable';
}

function gone(): AppError {
  const message =
    'A file of this campaign’s header was deleted here: it cannot be sent any more. Make a new campaign with another file.';
  return new AppError('conflict', 'media_gone', message);
}

function notTaken(name: string, { message }: GraphReadError): AppError {
  return new AppError(
    'conflict',
    'media_not_taken',
    `The file “${name}” could not be uploaded to WhatsApp, so nothing was sent. ${message} Then resume the campaign.`,
  );
}
