import { deleteCampaignEndpoint, getCampaignEndpoint, updateCampaignEndpoint } from '@/lib/api/campaigns';
import { deleteCampaign } from '@/lib/campaigns/delete';
import { updateCampaign } from '@/lib/campaigns/mutations';
import { readPlannedStart } from '@/lib/campaigns/planned-start';
import { getCampaign } from '@/lib/campaigns/queries';
import { handle, json } from '@/lib/http/route';

export const GET = handle(getCampaignEndpoint, async ({ user, params, db }) =>
  json(200, await getCampaign({ workspaceId: user.workspaceId, campaignId: params.id }, db)),
);

export const PATCH = handle(updateCampaignEndpoint, async ({ user, params, body, db }) => {
  const campaign = await updateCampaign(
    {
      actor: user,
      campaignId: params.id,
      name: body.name,
      workerCount: body.worker_count,
      rateLimit: body.rate_limit,
      unconfirmedPolicy: body.unconfirmed_policy,
      autoRetry: body.auto_retry,
      start: readPlannedStart(body),
    },
    db,
  );
  return json(200, { success: true, campaign });
});

export const DELETE = handle(deleteCampaignEndpoint, async ({ user, params, db }) => {
  await deleteCampaign({ actor: user, campaignId: params.id }, db);
  return json(200, { success: true });
});
