import { testSenderEndpoint } from '@/lib/api/senders';
import { countConnectionTest } from '@/lib/auth/connection-test-limit';
import { handle, json } from '@/lib/http/route';
import { testSender } from '@/lib/senders/test-connection';

export const POST = handle(testSenderEndpoint, async ({ user, params, db }) => {
  await countConnectionTest(user);
  const checks = await testSender({ workspaceId: user.workspaceId, senderId: params.id }, db);
  return json(200, { success: true, checks });
});
