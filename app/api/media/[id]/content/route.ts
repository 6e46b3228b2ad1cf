import { fileAnswer } from '@/lib/api/file-answer';
import { getMediaContentEndpoint } from '@/lib/api/media';
import { handle } from '@/lib/http/route';
import { getMedia, readMedia } from '@/lib/media/queries';

export const GET = handle(getMediaContentEndpoint, async ({ user: { workspaceId }, params, db }) => {
  const key = { workspaceId, mediaId: params.id };
  const { name, bytes, kind, mime_type: mimeType } = await getMedia(key, db);
  const answer = fileAnswer({ name, bytes, chunks: readMedia(key, bytes, db) });
  // Told by its first bytes, so that a page may show it; nothing in it is ever run.
  if (kind !== 'document') answer.headers.set('Content-Type', mimeType);
  return answer;
});
