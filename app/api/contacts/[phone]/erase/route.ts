import { eraseContactEndpoint } from '@/lib/api/contacts';
import { eraseContact } from '@/lib/contacts/erase';
import { handle, json } from '@/lib/http/route';

export const POST = handle(eraseContactEndpoint, async ({ user, params, body, db }) =>
  json(200, await eraseContact(user, { phone: params.phone, confirm: body.confirm }, db)),
);
