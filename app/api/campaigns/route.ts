import { listCampaignsEndpoint } from '@/lib/api/campaigns';
import { countCampaigns, listCampaigns } from '@/lib/campaigns/queries';
import { handle, json } from '@/lib/http/route';

export const GET = handle(listCampaignsEndpoint, async ({ user, query, request }) => {
  const { limit, cursor, sort } = query;
  const filter = {
    workspaceId: user.workspaceId,
    userId: query.user_id,
    status: query.status,
    search: query.search,
    createdAfter: query.created_after ? new Date(query.created_after) : undefined,
    createdBefore: query.created_before ? new Date(query.created_before) : undefined,
    ids: query.ids,
  };
  const { campaigns, nextCursor } = await listCampaigns({ ...filter, sort, limit, cursor });
  return json(200, campaigns, {
    ...(nextCursor ? nextPage(request, nextCursor) : {}),
    ...(cursor ? {} : { 'X-Total-Count': String(await countCampaigns(filter)) }),
  });
});

/** Relative, so that it is right behind any proxy: RFC 8288 resolves it against the request. */
function nextPage(request: Request, cursor: string) {
  const { pathname, searchParams } = new URL(request.url);
  searchParams.set('cursor', cursor);
  return { Link: `<${pathname}?${searchParams.toString()}>; rel="next"`, 'X-Next-Cursor': cursor };
}
