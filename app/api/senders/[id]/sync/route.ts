import { syncSenderEndpoint } from '@/lib/api/senders';
import { handle, json } from '@/lib/http/route';
import { syncSender } from '@/lib/senders/sync';

export const POST = handle(syncSenderEndpoint, async ({ user, params, db }) => {
  const report = await syncSender({ workspaceId: user.workspaceId, senderId: params.id }, db);
  return json(200, { success: true, ...report });
});
