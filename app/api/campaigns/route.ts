import { listCampaignsEndpoint } from '@/lib/api/campaigns';
import { listCampaigns } from '@/lib/campaigns/queries';
import { handle, json } from '@/lib/http/route';

export const GET = handle(listCampaignsEndpoint, async ({ user, query, request }) => {
  const { campaigns, nextCursor } = await listCampaigns({
    workspaceId: user.workspaceId,
    userId: query.user_id,
    status: query.status,
    search: query.search,
    limit: query.limit,
    cursor: query.cursor,
  });
  return json(200, campaigns, nextCursor ? nextPage(request, nextCursor) : {});
});

/** Relative, so that it is right behind any proxy: RFC 8288 resolves it against the request. */
function nextPage(request: Request, cursor: string): HeadersInit {
  const { pathname, searchParams } = new URL(request.url);
  searchParams.set('cursor', cursor);
  return { Link: `<${pathname}?${searchParams.toString()}>; rel="next"`, 'X-Next-Cursor': cursor };
}
