import { meEndpoint } from '@/lib/api/auth';
import { handle, json } from '@/lib/http/route';

export const GET = handle(meEndpoint, ({ user }) =>
  Promise.resolve(json(200, { user: { id: user.userId, email: user.email, name: user.name } })),
);
