import { sendCampaignEndpoint } from '@/lib/api/campaigns';
import { askBeforeStart } from '@/lib/brakes/before-start';
import { startCampaign } from '@/lib/campaigns/transitions';
import { handle, json } from '@/lib/http/route';

export const POST = handle(sendCampaignEndpoint, async ({ user, params, body, db }) => {
  await askBeforeStart({ workspaceId: user.workspaceId, campaignId: params.id }, db);
  const { workerCount, rateLimit } = await startCampaign(
    { actor: user, campaignId: params.id, workerCount: body.worker_count, rateLimit: body.rate_limit },
    db,
  );
  return json(202, {
    success: true,
    message: 'Campaign execution started',
    campaign_id: params.id,
    worker_count: workerCount,
    rate_limit: rateLimit,
  });
});
