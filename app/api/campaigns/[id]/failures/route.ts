import { listFailuresEndpoint } from '@/lib/api/recipients';
import { handle, json } from '@/lib/http/route';
import { listFailures } from '@/lib/recipients/failures';

export const GET = handle(listFailuresEndpoint, async ({ user, params, db }) =>
  json(200, await listFailures({ workspaceId: user.workspaceId, campaignId: params.id }, db)),
);
