import { changePasswordEndpoint } from '@/lib/api/auth';
import { changePassword } from '@/lib/auth/profile';
import { clientIp } from '@/lib/http/client-ip';
import { handle, json } from '@/lib/http/route';

export const POST = handle(changePasswordEndpoint, async ({ user, body, db, request }) => {
  const change = {
    currentPassword: body.current_password,
    newPassword: body.new_password,
    ip: clientIp(request.headers),
  };
  return json(200, { success: true, sessions_ended: await changePassword(user, change, db) });
});
