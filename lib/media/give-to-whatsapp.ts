import { setTimeout as sleep } from 'node:timers/promises';
import { database, type Db } from '@/db/client';
import { AppError } from '@/lib/errors';
import { openSender } from '@/lib/senders/credentials';
import { GraphReadError } from '@/lib/whatsapp/graph-errors';
import { uploadGraphMedia } from '@/lib/whatsapp/graph-media';
import { getMedia, readMedia } from './queries';
import { claimUpload, dropUpload, endUpload, renewUpload, type UploadsOf } from './uploads';

const GONE = 'media_gone';

interface Timing {
  /** Waits before the second and third attempt; what then still fails is told to a person. */
  retryWaitsMs: readonly number[];
  /** How often it is said that an upload is still under way. */
  signMs: number;
}

const TIMING: Timing = { retryWaitsMs: [2_000, 10_000], signMs: 10_000 };

/**
 * Uploads to the sender's number what is not there yet, each file once over all processes; returns how many, which is 0
 * while another process is at the rest. Throws AppError in words that say which file and why.
 */
export async function giveToWhatsApp(
  of: UploadsOf,
  mediaIds: readonly string[],
  timing = TIMING,
  db: Db = database().db,
): Promise<number> {
  let given = 0;
  for (const mediaId of mediaIds) {
    const leaseToken = await claimUpload({ ...of, mediaId }, db);
    if (leaseToken === null) continue;
    // A sign that could not be given is made up for by the next one, or another process begins anew.
    const signs = setInterval(() => {
      renewUpload({ ...of, mediaId }, leaseToken, db).catch(() => undefined);
    }, timing.signMs);
    let graphId: string | null = null;
    try {
      graphId = await uploadOne({ ...of, mediaId }, timing.retryWaitsMs, db);
      given += 1;
    } catch (error) {
      if (error instanceof AppError && error.code === GONE)
        await dropUpload({ ...of, mediaId }, leaseToken, db);
      throw error;
    } finally {
      clearInterval(signs);
      await endUpload({ ...of, mediaId }, { leaseToken, graphId }, db);
    }
  }
  return given;
}

async function uploadOne(
  { workspaceId, senderId, mediaId }: UploadsOf & { mediaId: string },
  retryWaitsMs: readonly number[],
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
      const wait = retryWaitsMs[attempt];
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
  return new AppError('conflict', GONE, message);
}

function notTaken(name: string, { message }: GraphReadError): AppError {
  return new AppError(
    'conflict',
    'media_not_taken',
    `The file “${name}” could not be uploaded to WhatsApp, so nothing was sent. ${message} Then resume the campaign.`,
  );
}
