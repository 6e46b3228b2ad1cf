import { chooseWinnerEndpoint } from '@/lib/api/variants';
import { getCampaign } from '@/lib/campaigns/queries';
import { chooseWinner } from '@/lib/engine/winner';
import { handle, json } from '@/lib/http/route';

export const POST = handle(chooseWinnerEndpoint, async ({ user, params: { id: campaignId }, body, db }) => {
  await chooseWinner({ actor: user, campaignId, variant: body.variant }, db);
  return json(200, {
    success: true as const,
    campaign: await getCampaign({ workspaceId: user.workspaceId, campaignId }, db),
  });
});
