import { z } from 'zod';
import { answerOf, type Api } from './api';

/** A picture of one dot. */
export const PICTURE = {
  name: 'dot.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

/** Uploads the picture; returns its id. */
export async function uploadPicture(api: Api): Promise<string> {
  const answer = await answerOf(await api.uploadMedia(PICTURE), 201);
  return z.object({ media: z.object({ id: z.uuid() }) }).parse(answer).media.id;
}
