import { deleteDraftEndpoint, getDraftEndpoint, updateDraftEndpoint } from '@/lib/api/drafts';
import { deleteDraft, updateDraft } from '@/lib/drafts/mutations';
import { getDraft } from '@/lib/drafts/queries';
import { handle, json } from '@/lib/http/route';

export const GET = handle(getDraftEndpoint, async ({ user: { workspaceId }, params, db }) =>
  json(200, await getDraft({ workspaceId, draftId: params.id }, db)),
);

export const PATCH = handle(updateDraftEndpoint, async ({ user: { workspaceId }, params, body, db }) => {
  const draft = await updateDraft({ workspaceId, draftId: params.id, changes: body }, db);
  return json(200, { success: true, draft });
});

export const DELETE = handle(deleteDraftEndpoint, async ({ user: { workspaceId }, params, db }) => {
  await deleteDraft({ workspaceId, draftId: params.id }, db);
  return json(200, { success: true });
});
