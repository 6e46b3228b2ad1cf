import { senderOpeningsEndpoint } from '@/lib/api/senders';
import { handle, json } from '@/lib/http/route';
import { readOpenings } from '@/lib/senders/send-window';

export const GET = handle(senderOpeningsEndpoint, async ({ user, params, query, db }) => {
  const of = { workspaceId: user.workspaceId, senderId: params.id };
  return json(200, await readOpenings({ ...of, countries: query.countries, at: query.at ?? new Date() }, db));
});
