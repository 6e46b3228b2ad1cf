import { createDraftEndpoint, listDraftsEndpoint } from '@/lib/api/drafts';
import { createDraft } from '@/lib/drafts/mutations';
import { listDrafts } from '@/lib/drafts/queries';
import { handle, json } from '@/lib/http/route';

export const POST = handle(createDraftEndpoint, async ({ user, body, db }) =>
  json(201, { success: true, draft: await createDraft(user, { templateId: body.template_id }, db) }),
);

export const GET = handle(listDraftsEndpoint, async ({ user, db }) =>
  json(200, { drafts: await listDrafts(user.workspaceId, db) }),
);
