import { listTemplatesEndpoint } from '@/lib/api/templates';
import { handle, json } from '@/lib/http/route';
import { listTemplates } from '@/lib/templates/queries';

export const GET = handle(listTemplatesEndpoint, async ({ user, query, db }) => {
  const filter = { senderId: query.sender_id, status: query.status?.toUpperCase() };
  return json(200, await listTemplates(user.workspaceId, filter, db));
});
