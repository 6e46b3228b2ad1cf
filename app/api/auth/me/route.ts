import { meEndpoint, updateMeEndpoint } from '@/lib/api/auth';
import { updateProfile } from '@/lib/auth/profile';
import { handle, json } from '@/lib/http/route';

export const GET = handle(meEndpoint, ({ user }) =>
  Promise.resolve(json(200, { user: { id: user.userId, email: user.email, name: user.name } })),
);

export const PATCH = handle(updateMeEndpoint, async ({ user, body, db }) =>
  json(200, { success: true, user: await updateProfile(user, body, db) }),
);
