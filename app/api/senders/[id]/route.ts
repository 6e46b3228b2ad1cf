import { deleteSenderEndpoint, getSenderEndpoint, updateSenderEndpoint } from '@/lib/api/senders';
import { handle, json } from '@/lib/http/route';
import { deleteSender } from '@/lib/senders/delete';
import { getSender } from '@/lib/senders/queries';
import { updateSender } from '@/lib/senders/update';

export const GET = handle(getSenderEndpoint, async ({ user, params, db }) =>
  json(200, await getSender(user.workspaceId, params.id, db)),
);

export const PATCH = handle(updateSenderEndpoint, async ({ user, params, body, db }) => {
  const sender = await updateSender({ ...body, actor: user, senderId: params.id }, db);
  return json(200, { success: true, sender });
});

export const DELETE = handle(deleteSenderEndpoint, async ({ user, params, db }) => {
  await deleteSender({ actor: user, senderId: params.id }, db);
  return json(200, { success: true });
});
