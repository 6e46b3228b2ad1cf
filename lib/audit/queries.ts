import { and, desc, eq, lt } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { auditEvents, users } from '@/db/schema/accounts';
import { AppError } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import type { AuditPage } from './schema';

export interface ListAuditEvents {
  workspaceId: WorkspaceId;
  limit: number;
  /** From the page before. */
  cursor?: string;
}

/** One page of who changed what in the workspace, newest first (its primary key, read backwards). */
export async function listAuditEvents(
  { workspaceId, limit, cursor }: ListAuditEvents,
  db: Db = database().db,
): Promise<AuditPage> {
  const rows = await db
    .select({ event: auditEvents, user: { id: users.id, name: users.name, email: users.email } })
    .from(auditEvents)
    .leftJoin(users, and(eq(users.workspaceId, auditEvents.workspaceId), eq(users.id, auditEvents.userId)))
    .where(
      and(
        eq(auditEvents.workspaceId, workspaceId),
        cursor ? lt(auditEvents.id, parseCursor(cursor)) : undefined,
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    events: page.map(({ event, user }) => ({
      id: event.id,
      kind: event.kind,
      subject: event.subject,
      detail: event.detail,
      user,
      created_at: event.createdAt.toISOString(),
    })),
    next_cursor: last ? Buffer.from(String(last.event.id)).toString('base64url') : null,
  };
}

function parseCursor(text: string): number {
  const id = Buffer.from(text, 'base64url').toString('utf8');
  if (/^[1-9]\d{0,14}$/.test(id)) return Number(id);
  throw new AppError(
    'malformed',
    'invalid_cursor',
    'The cursor is not one this list gave out: leave it away to start from the first page.',
  );
}
