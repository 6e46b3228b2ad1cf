import { getComparisonEndpoint } from '@/lib/api/variants';
import { handle, json } from '@/lib/http/route';
import { getComparison } from '@/lib/variants/comparison';

export const GET = handle(getComparisonEndpoint, async ({ user, params, db }) =>
  json(200, await getComparison({ workspaceId: user.workspaceId, campaignId: params.id }, db)),
);
