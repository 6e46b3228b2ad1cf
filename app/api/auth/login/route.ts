import { logInEndpoint } from '@/lib/api/auth';
import { logIn } from '@/lib/auth/accounts';
import { clientIp } from '@/lib/http/client-ip';
import { handle, json } from '@/lib/http/route';

export const POST = handle(logInEndpoint, async ({ body, request }) =>
  json(200, { success: true, ...(await logIn({ ...body, ip: clientIp(request.headers) })) }),
);
