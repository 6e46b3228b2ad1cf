import { campaignHoursEndpoint } from '@/lib/api/reports';
import { handle, json } from '@/lib/http/route';
import { getCampaignHours } from '@/lib/reports/hours';

export const GET = handle(campaignHoursEndpoint, async ({ user, params, db }) =>
  json(200, await getCampaignHours({ workspaceId: user.workspaceId, campaignId: params.id }, db)),
);
