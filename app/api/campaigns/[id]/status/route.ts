import { setCampaignStatusEndpoint } from '@/lib/api/campaigns';
import { askBeforeStart } from '@/lib/brakes/before-start';
import { setCampaignStatus } from '@/lib/campaigns/transitions';
import { handle, json } from '@/lib/http/route';

export const POST = handle(setCampaignStatusEndpoint, async ({ user, params, body, db }) => {
  const { workspaceId } = user;
  if (body.status === 'active') await askBeforeStart({ workspaceId, campaignId: params.id }, db);
  await setCampaignStatus({ actor: user, campaignId: params.id, status: body.status }, db);
  return json(200, { success: true, message: `Campaign status updated to ${body.status}` });
});
