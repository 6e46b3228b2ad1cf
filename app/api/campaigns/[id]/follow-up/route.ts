import { createFollowUpEndpoint, followUpChoicesEndpoint } from '@/lib/api/follow-ups';
import { listFollowUpChoices } from '@/lib/follow-ups/choices';
import { createFollowUp } from '@/lib/follow-ups/create';
import { handle, json } from '@/lib/http/route';

export const GET = handle(followUpChoicesEndpoint, async ({ user: { workspaceId }, params, db }) =>
  json(200, await listFollowUpChoices({ workspaceId, campaignId: params.id }, db)),
);

export const POST = handle(createFollowUpEndpoint, async ({ user, params, body, db }) =>
  json(201, await createFollowUp(user, { campaignId: params.id, body }, db)),
);
