import { signUpEndpoint } from '@/lib/api/auth';
import { signUp } from '@/lib/auth/accounts';
import { clientIp } from '@/lib/http/client-ip';
import { handle, json } from '@/lib/http/route';

export const POST = handle(signUpEndpoint, async ({ body, request }) =>
  json(201, { success: true, ...(await signUp({ ...body, ip: clientIp(request.headers) })) }),
);
