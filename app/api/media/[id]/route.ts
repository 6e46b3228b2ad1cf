import { deleteMediaEndpoint, getMediaEndpoint } from '@/lib/api/media';
import { handle, json } from '@/lib/http/route';
import { deleteMedia } from '@/lib/media/delete';
import { getMedia } from '@/lib/media/queries';

export const GET = handle(getMediaEndpoint, async ({ user: { workspaceId }, params, db }) =>
  json(200, await getMedia({ workspaceId, mediaId: params.id }, db)),
);

export const DELETE = handle(deleteMediaEndpoint, async ({ user, params, db }) => {
  await deleteMedia({ actor: user, mediaId: params.id }, db);
  return json(200, { success: true });
});
