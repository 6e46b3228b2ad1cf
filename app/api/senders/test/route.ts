import { testCredentialsEndpoint } from '@/lib/api/senders';
import { countConnectionTest } from '@/lib/auth/connection-test-limit';
import { handle, json } from '@/lib/http/route';
import { testCredentials } from '@/lib/senders/test-connection';

export const POST = handle(testCredentialsEndpoint, async ({ user, body }) => {
  await countConnectionTest(user);
  return json(200, { success: true, checks: await testCredentials(body) });
});
