import { createDraftEndpoint, listDraftsEndpoint } from '@/lib/api/drafts';
import { createDraft } from '@/lib/drafts/mutations';
import { listDrafts } from '@/lib/drafts/queries';
import { getEnv } from '@/lib/env';
import { createFollowUpDraft } from '@/lib/follow-ups/draft';
import { handle, json } from '@/lib/http/route';

export const POST = handle(createDraftEndpoint, async ({ user, body, db }) => {
  const { template_id: templateId, follow_up: follows } = body;
  const draft = follows
    ? await createFollowUpDraft(user, { follows, maxBytes: getEnv().maxUploadBytes }, db)
    : await createDraft(user, { templateId }, db);
  return json(201, { success: true, draft });
});

export const GET = handle(listDraftsEndpoint, async ({ user, db }) =>
  json(200, { drafts: await listDrafts(user.workspaceId, db) }),
);
