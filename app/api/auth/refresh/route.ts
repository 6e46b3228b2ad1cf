import { refreshEndpoint } from '@/lib/api/auth';
import { rotateRefreshToken } from '@/lib/auth/refresh-tokens';
import { handle, json } from '@/lib/http/route';

export const POST = handle(refreshEndpoint, async ({ body }) =>
  json(200, { success: true, ...(await rotateRefreshToken(body.refresh_token)) }),
);
