import { campaignCostEndpoint } from '@/lib/api/costs';
import { getCampaignCost } from '@/lib/costs/campaign-cost';
import { handle, json } from '@/lib/http/route';

export const GET = handle(campaignCostEndpoint, async ({ user, params, db }) =>
  json(200, await getCampaignCost({ workspaceId: user.workspaceId, campaignId: params.id }, db)),
);
