import { campaignTimelineEndpoint } from '@/lib/api/campaigns';
import { listTimeline } from '@/lib/campaigns/timeline';
import { handle, json } from '@/lib/http/route';

export const GET = handle(campaignTimelineEndpoint, async ({ user, params, query, db }) =>
  json(200, await listTimeline({ workspaceId: user.workspaceId, campaignId: params.id, ...query }, db)),
);
