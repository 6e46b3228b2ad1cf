import { addOptOutsEndpoint, listOptOutsEndpoint } from '@/lib/api/contacts';
import { handle, json } from '@/lib/http/route';
import { addOptOutsByHand } from '@/lib/opt-outs/add-by-hand';
import { listOptOuts } from '@/lib/opt-outs/list';

export const GET = handle(listOptOutsEndpoint, async ({ user, query, db }) =>
  json(200, await listOptOuts({ workspaceId: user.workspaceId, ...query }, db)),
);

export const POST = handle(addOptOutsEndpoint, async ({ user, body, db }) =>
  json(201, await addOptOutsByHand(user, body, db)),
);
