import { campaignEventsEndpoint } from '@/lib/api/campaigns';
import { followCampaign } from '@/lib/campaigns/live';
import { getCampaign } from '@/lib/campaigns/queries';
import type { Campaign } from '@/lib/campaigns/schema';
import { handle } from '@/lib/http/route';
import { eventStream, type ServerSentEvent } from '@/lib/http/sse';

export const GET = handle(campaignEventsEndpoint, async ({ user, params, request, db }) => {
  const { workspaceId } = user;
  const seen = await getCampaign({ workspaceId, campaignId: params.id }, db);
  return eventStream(request, user, (signal) => asEvents(followCampaign({ workspaceId, seen }, signal)));
});

async function* asEvents(campaigns: AsyncIterable<Campaign>): AsyncGenerator<ServerSentEvent> {
  for await (const campaign of campaigns) yield { event: 'campaign', data: campaign };
}
