import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { database, type Db } from '@/db/client';
import { auditEvents, users } from '@/db/schema/accounts';
import { optOutSourceSchema } from '@/lib/opt-outs/schema';
import type { ContactKey } from './campaigns';
import { erasedSubject } from './pseudonym';
import { contactEventSchema, type ContactEvent } from './schema';

const MOST_EVENTS = 100;
const KINDS = contactEventSchema.shape.kind.options;

/** What the audit keeps in `detail`, as far as it is to be shown; anything else in it stays inside. */
const detailSchema = z.object({
  reason: z.string().nullable().catch(null),
  source: optOutSourceSchema.nullable().catch(null),
  was: contactEventSchema.shape.was.catch(null),
});

/** What happened to a number on the do-not-contact list, newest first (index audit_events_subject). */
export async function listContactEvents(key: ContactKey, db: Db = database().db): Promise<ContactEvent[]> {
  const rows = await db
    .select({
      kind: auditEvents.kind,
      at: auditEvents.createdAt,
      by: sql<string | null>`coalesce(nullif(${users.name}, ''), ${users.email})`,
      detail: auditEvents.detail,
    })
    .from(auditEvents)
    .leftJoin(users, and(eq(users.workspaceId, auditEvents.workspaceId), eq(users.id, auditEvents.userId)))
    .where(
      and(
        eq(auditEvents.workspaceId, key.workspaceId),
        inArray(auditEvents.subject, [key.phone, erasedSubject(key)]),
        inArray(auditEvents.kind, KINDS),
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(MOST_EVENTS);
  return rows.map(({ kind, at, by, detail }) => ({
    kind: contactEventSchema.shape.kind.parse(kind),
    at: at.toISOString(),
    by,
    ...detailSchema.parse(detail),
  }));
}
