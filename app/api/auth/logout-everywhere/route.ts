import { logOutEverywhereEndpoint } from '@/lib/api/auth';
import { logOutEverywhere } from '@/lib/auth/profile';
import { handle, json } from '@/lib/http/route';

export const POST = handle(logOutEverywhereEndpoint, async ({ user, db }) =>
  json(200, { success: true, sessions_ended: await logOutEverywhere(user, db) }),
);
