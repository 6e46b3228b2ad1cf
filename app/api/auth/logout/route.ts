import { logOutEndpoint } from '@/lib/api/auth';
import { revokeByRefreshToken } from '@/lib/auth/refresh-tokens';
import { handle, json } from '@/lib/http/route';

export const POST = handle(logOutEndpoint, async ({ body }) => {
  await revokeByRefreshToken(body.refresh_token);
  return json(200, { success: true });
});
