import { checkOptOutsEndpoint } from '@/lib/api/contacts';
import { handle, json } from '@/lib/http/route';
import { findOptedOut } from '@/lib/opt-outs/queries';

export const POST = handle(checkOptOutsEndpoint, async ({ user, body, db }) => {
  const found = await findOptedOut({ workspaceId: user.workspaceId, phones: body.phones }, db);
  return json(200, { suppressed: [...found] });
});
