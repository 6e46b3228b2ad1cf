import { removeOptOutEndpoint } from '@/lib/api/contacts';
import { handle, json } from '@/lib/http/route';
import { removeOptOut } from '@/lib/opt-outs/mutations';

export const POST = handle(removeOptOutEndpoint, async ({ user, body, db }) => {
  await removeOptOut(user, body, db);
  return json(200, { success: true });
});
