import { getContactEndpoint } from '@/lib/api/contacts';
import { getContact } from '@/lib/contacts/queries';
import { handle, json } from '@/lib/http/route';

export const GET = handle(getContactEndpoint, async ({ user, params, query, db }) =>
  json(200, await getContact({ workspaceId: user.workspaceId, phone: params.phone, ...query }, db)),
);
