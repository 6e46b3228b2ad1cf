import { randomUUID } from 'node:crypto';
import { POST as signUp } from '@/app/api/auth/signup/route';
import { database } from '@/db/client';
import type { RouteHandler } from '@/lib/http/route';
import { asWorkspaceId, type WorkspaceId } from '@/lib/tenant';
import { callRoute, type TestAnswer } from './request';

/** Somebody signed in, who calls route handlers without a server. */
export interface Member {
  workspaceId: WorkspaceId;
  userId: string;
  call: (
    handler: RouteHandler,
    call?: { method?: string; id?: string; body?: unknown; query?: string },
  ) => Promise<TestAnswer>;
}

export async function newMember(): Promise<Member> {
  const { body } = await callRoute(signUp, {
    body: { email: `${randomUUID()}@example.com`, password: 'a long enough password' },
  });
  const user = body.user as { id: string };
  const rows = await database().sql<{ workspace_id: string }[]>`
    SELECT workspace_id FROM users WHERE id = ${user.id}`;
  return {
    userId: user.id,
    workspaceId: asWorkspaceId(rows[0]?.workspace_id ?? ''),
    call: (handler, { id, query, ...call } = {}) =>
      callRoute(handler, {
        ...call,
        path: `/api/things${query ?? ''}`,
        params: id === undefined ? {} : { id },
        headers: { authorization: `Bearer ${String(body.access_token)}` },
      }),
  };
}
