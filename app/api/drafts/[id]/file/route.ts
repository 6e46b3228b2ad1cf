import { getDraftFileEndpoint, putDraftFileEndpoint } from '@/lib/api/drafts';
import { fileAnswer, fileNameOf } from '@/lib/api/file-answer';
import { openDraftFile, putDraftFile } from '@/lib/drafts/files';
import { getDraft } from '@/lib/drafts/queries';
import { getEnv } from '@/lib/env';
import { handle, json } from '@/lib/http/route';

export const PUT = handle(putDraftFileEndpoint, async ({ user: { workspaceId }, params, request, db }) => {
  // Nothing is taken in for a draft that is not there.
  await getDraft({ workspaceId, draftId: params.id }, db);
  const length = request.headers.get('content-length');
  const file = {
    name: fileNameOf(request),
    contentLength: length === null ? null : Number(length),
    body: request.body,
    maxBytes: getEnv().maxUploadBytes,
  };
  return json(200, {
    success: true,
    draft: await putDraftFile({ workspaceId, draftId: params.id, file }, db),
  });
});

export const GET = handle(getDraftFileEndpoint, async ({ user: { workspaceId }, params, db }) =>
  fileAnswer(await openDraftFile({ workspaceId, draftId: params.id }, db)),
);
